import { type Action, classifications, decide, policyVersion, type ResourceFacts } from '@/lib/authz'
import { actionLabels } from '@/lib/authz/actions'
import type { Context } from '@/lib/core/context'
import { getFeatureGroup, getVersion, resolveVersion } from '@/lib/registry'
import type { GroupResource } from '@/lib/registry/operations'
import type { AccessQuery, AccessResource } from './access-operations'

const reading = [
  'group:read_statistics',
  'group:read_online',
  'group:read_offline',
  'dataset:create',
] as const
const changing = [
  'group:write_offline',
  'group:write_online',
  'group:update',
  'version:submit',
  'version:approve',
  'version:promote',
  'version:deprecate',
  'contract:sign',
  'audit:read',
] as const

type Act = AccessResource['reading'][number]
type Answer = Omit<Act, 'action' | 'what'>

function answerOf(ctx: Context, action: Action, facts: ResourceFacts): Answer {
  const { allowed, rule, whoCanHelp } = decide(ctx, action, facts)
  return { allowed, rule, who_can_help: whoCanHelp }
}

const actsOf = (ctx: Context, facts: ResourceFacts, actions: readonly Action[]): Act[] =>
  actions.map((action) => ({ action, what: actionLabels[action], ...answerOf(ctx, action, facts) }))

/** One decision a class, however many features. */
function classesOf(ctx: Context, group: GroupResource, facts: ResourceFacts): AccessResource['classes'] {
  const ownClass = ({ classification }: GroupResource['features'][number]) =>
    classification ?? group.classification
  return classifications.flatMap((classification) => {
    const features = group.features.filter((one) => ownClass(one) === classification)
    if (features.length === 0) return []
    const of = { ...facts, classification }
    return [
      {
        classification,
        features: features.map(({ name }) => name),
        statistics: answerOf(ctx, 'group:read_statistics', of),
        values: answerOf(ctx, 'group:read_offline', of),
      },
    ]
  })
}

/**
 * What whoever asks may do with a version of a group in an environment, each with the rule that decides, as the act
 * itself would be answered. Errors: `not_found`, the same for a missing and for a hidden group.
 */
export async function getAccess(ctx: Context, name: string, query: AccessQuery): Promise<AccessResource> {
  const group =
    query.version === undefined
      ? await getFeatureGroup(ctx, name)
      : { ...(await getFeatureGroup(ctx, name)), ...(await getVersion(ctx, name, query.version)) }
  const stands = group.environments.map((one) => one.name)
  const environment = stands.includes(ctx.environment) ? ctx.environment : (stands[0] ?? ctx.environment)
  const version = await resolveVersion(ctx, { group: name, version: group.version }, environment)
  const facts = version.resource
  return {
    group: name,
    version: group.version,
    environment: ctx.environment,
    owner_team: group.owner_team,
    classification: group.classification,
    permitted_use: group.permitted_use,
    policy_version: policyVersion,
    reading: actsOf(ctx, facts, reading),
    changing: actsOf(ctx, facts, changing),
    classes: classesOf(ctx, group, facts),
  }
}
