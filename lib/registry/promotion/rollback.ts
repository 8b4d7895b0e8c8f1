import { db, type Executor } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { actOnVersion, authorizeAct } from '../act-on-version'
import type { VersionRow } from '../definition'
import { requireEnvironments } from '../environments'
import { fillOnline } from '../fill-online'
import { describedGroup, environmentsOf, type GroupRow, versionsOf } from '../queries'
import type { VersionResource } from '../resources'
import { promoteIn } from '../version-writes'
import { rollbackInput } from './operations'
import { promotionsOf, rollbackTarget } from './record'
import { servedIn } from './served'
import { tellPromoted } from './tell'

interface Rollback {
  from: VersionRow
  to: VersionRow
}

async function rollbackOf(executor: Executor, row: GroupRow, environment: string): Promise<Rollback> {
  const versions = await versionsOf(row.group.id, executor)
  const ids = versions.map(({ id }) => id)
  const served = servedIn({ versions, places: await environmentsOf(ids, executor) }, environment)
  const name = row.group.name
  if (!served) throw new DomainError('conflict', `${environment} serves no version of ${name}.`)
  const history = await promotionsOf(row.group.id, executor)
  const target = rollbackTarget(history, served.version, environment)
  const to = versions.find(({ id }) => id === target?.versionId)
  if (!to) {
    throw new DomainError(
      'conflict',
      `${environment} served nothing before ${name}@${served.version.major}: there is nothing to roll back to.`,
    )
  }
  return { from: served.version, to }
}

/** What is archived, or past its sunset date, answers no read: rolling back to it would help nobody. */
function requireReadable(ctx: Context, { group }: GroupRow, { major, state, sunsetAt }: VersionRow) {
  const isPast = sunsetAt !== null && Date.parse(sunsetAt) <= ctx.now().getTime()
  if (state === 'active' || (state === 'deprecated' && !isPast)) return
  throw new DomainError(
    'conflict',
    `${group.name}@${major} is ${state === 'archived' ? 'archived' : 'past its sunset date'}: restore it first.`,
  )
}

/**
 * Lets an environment serve again what it served before its present version, in one act: both keep their data, and
 * rows that wait go online at once. A second rollback goes a step further back.
 * Errors: `conflict` when nothing was served before, or it cannot be read any more; `forbidden` as of a promotion;
 * from `confidential` up who had no hand in one of the two versions is a second person.
 */
export async function rollbackPromotion(
  ctx: Context,
  group: string,
  body: unknown,
): Promise<VersionResource> {
  await authorizeAct(ctx, 'version:promote')
  const { reason, environment = ctx.environment } = parseInput(rollbackInput, body)
  await requireEnvironments(db(), [environment], () => '/environment')
  const seen = await rollbackOf(db(), await describedGroup(ctx, group), environment)
  return actOnVersion(ctx, {
    action: 'version:promote',
    group,
    major: seen.to.major,
    environment,
    insteadOf: seen.from,
    reason: `Rolled back from ${group}@${seen.from.major}: ${reason}`,
    apply: async (tx, row, version) => {
      const { from, to } = await rollbackOf(tx, row, environment)
      if (to.id !== version.id || from.id !== seen.from.id)
        throw new DomainError('conflict', `What ${environment} serves has changed in between. Look again.`)
      requireReadable(ctx, row, version)
      await promoteIn(tx, ctx, version, environment, { kind: 'rolled_back', reason })
      await tellPromoted(tx, ctx, row, { version, environment, kind: 'rolled_back', reason })
      await fillOnline(tx, ctx, group, version, environment)
      return version
    },
  })
}
