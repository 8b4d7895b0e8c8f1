import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { int64Spelling } from '@/lib/core/feature-type'
import {
  assertReadable,
  deprecationHeaders,
  openFeatures,
  type ResolvedFeatures,
  requirePermittedUse,
  resolveVersion,
} from '@/lib/registry'
import { countReads } from '@/lib/usage'
import { answerColumns } from './assemble'
import { fetchRows } from './fetch-rows'
import { authorizeRead, mayReadAtAll, recordRead } from './may-read'
import type { OnlineAnswer } from './read-online-features'
import { readKeys } from './read-request'
import { planOf, type ServingPlan } from './serving-plan'

export interface OneKeyInput {
  group: string
  version?: number
  /** In the order of `primary_key`, as texts. */
  keys: string[]
  int64AsString?: boolean
}

async function planOfGroup(
  ctx: Context,
  { group, version: major }: OneKeyInput,
): Promise<{ plan: ServingPlan; omitted: string[] }> {
  const version = await resolveVersion(ctx, { group, version: major })
  const predictors = version.features.filter(({ role }) => role === 'feature')
  if (predictors.length === 0)
    throw invalidField(
      '',
      `${group} holds labels alone: they are predicted, never read as features.`,
      'label',
    )
  const { features, omitted } = openFeatures(ctx, 'group:read_online', version, predictors)
  await requirePermittedUse(ctx, 'group:read_online', [{ version, features }])
  const selections: ResolvedFeatures['selections'] = features.map((feature) => ({
    version,
    feature,
    reference: `${group}@${version.major}:${feature.name}`,
  }))
  return { plan: await planOf({ selections, service: null }, ctx.environment, false), omitted }
}

function entitiesOf(plan: ServingPlan, given: string[]): Record<string, unknown[]> {
  // A slash at the end is no key.
  const isOneMore = given.length === plan.keys.length + 1 && given.at(-1) === ''
  const keys = isOneMore ? given.slice(0, -1) : given
  if (keys.length === plan.keys.length)
    return Object.fromEntries(plan.keys.map(({ name }, index) => [name, [keys[index]]]))
  const wanted = plan.keys.map(({ name }) => `{${name}}`).join('/')
  throw new DomainError(
    'invalid',
    `The path must end in ${plan.keys.length} key values: /online/${wanted}.`,
    {
      errors: [{ pointer: '', reason: `${keys.length} key values were given`, code: 'keys' }],
    },
  )
}

/** The key values that a path ends in, behind `/online/`. Read from the path itself, whose own `/` are encoded. */
export function keysOfPath(pathname: string): string[] {
  const [, tail = ''] = /\/online\/(.*)$/s.exec(pathname) ?? []
  if (tail === '') return []
  try {
    return tail.split('/').map(decodeURIComponent)
  } catch {
    throw invalidField('', 'The key in the path is not percent-encoded UTF-8.', 'encoding')
  }
}

/**
 * Every feature of one key that the caller may read, with status and event time, as the body of the answer. A key
 * without a row is answered
 * with nulls and NOT_FOUND, as in every other read. Errors: as readOnlineFeatures.
 */
export async function readOneKey(ctx: Context, input: OneKeyInput): Promise<OnlineAnswer> {
  await mayReadAtAll(ctx)
  const { plan, omitted } = await planOfGroup(ctx, input)
  const decisions = await authorizeRead(ctx, plan, () => planOfGroup(ctx, input))
  const now = ctx.now()
  const [version] = plan.versions
  if (!version) throw new TypeError('A plan has a version')
  assertReadable(ctx, version, now)
  const keys = readKeys(plan, entitiesOf(plan, input.keys))
  if (plan.audited) await recordRead(ctx, plan, decisions, 1)
  const int64AsString = input.int64AsString ?? false
  const found = await fetchRows(plan, keys, true, now)
  const columns = answerColumns(plan, found, { metadata: true, staleReturned: false, int64AsString })
  countReads(ctx.actor, 'online', plan.targets, 1, now.getTime())
  const named = (part: 'values' | 'statuses') =>
    plan.columns
      .map(({ name }, index) => `${JSON.stringify(name)}:${columns[index]?.[part][0] ?? 'null'}`)
      .join(',')
  const key = plan.keys.map(({ name, type }, index) => {
    const echo = keys.echoes[index]?.[0] ?? 'null'
    return `${JSON.stringify(name)}:${int64Spelling(type, int64AsString)?.(echo) ?? echo}`
  })
  const row = found[0]?.rows[0]
  const lacks = omitted.length > 0 ? `,"omitted":${JSON.stringify(omitted)}` : ''
  const body =
    `{"group":${JSON.stringify(version.groupName)},"version":${version.major},"environment":${JSON.stringify(version.environment)},` +
    `"key":{${key.join(',')}},"event_time":${row ? `"${row.eventTime}"` : 'null'},` +
    `"values":{${named('values')}},"statuses":{${named('statuses')}}${lacks},"served_at":"${now.toISOString()}"}`
  return { body, headers: deprecationHeaders(ctx, plan.versions) }
}
