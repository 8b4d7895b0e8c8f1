import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { versionEnvironments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { formatTimestamp, microsFromDate, parseEventTime } from '@/lib/core/feature-type'
import { isoOfDatabaseTime } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'

export interface GroupLock {
  /** The new commit's `created`: later than that of every commit before. */
  created: string
  /** `created` of the newest commit there is; null before the first. */
  before: string | null
}

export type Place = Pick<ServingVersion, 'versionId' | 'environment'>

export const ownPlace = ({ versionId, environment }: Place) =>
  and(eq(versionEnvironments.versionId, versionId), eq(versionEnvironments.environment, environment))

/** Takes the group's lock until the transaction ends: whoever commits, reverts, merges or materializes waits for it. */
export async function holdGroup(tx: Transaction, version: Place): Promise<void> {
  const { versionId } = versionEnvironments
  await tx.select({ versionId }).from(versionEnvironments).where(ownPlace(version)).for('no key update')
}

/** What was looked at before the lock may have been archived since: its place in the online store is another one then. */
function refuseMoved(version: ServingVersion, viewId: number | undefined): void {
  if (viewId === version.viewId) return
  const where = viewId === undefined ? `removed from ${version.environment}` : 'archived'
  throw new DomainError('conflict', `${version.groupName}@${version.major} has just been ${where}.`)
}

/** Nothing of the group is committed, reverted or archived until the transaction ends. Errors: conflict. */
export async function sharePlace(tx: Transaction, version: ServingVersion): Promise<void> {
  const { viewId } = versionEnvironments
  const [row] = await tx.select({ viewId }).from(versionEnvironments).where(ownPlace(version)).for('share')
  refuseMoved(version, row?.viewId)
}

const microsOf = (instant: string): bigint => parseEventTime(instant) ?? 0n

/** Takes the group's lock for a new commit and stamps it. */
export async function lockGroup(tx: Transaction, ctx: Context, version: ServingVersion): Promise<GroupLock> {
  const { lastCreated, viewId } = versionEnvironments
  const [row] = await tx
    .select({ before: lastCreated, viewId })
    .from(versionEnvironments)
    .where(ownPlace(version))
    .for('no key update')
  // Only now: a reader at an instant before it must not find this commit later, however long the lock was waited for.
  const now = microsFromDate(ctx.now())
  refuseMoved(version, row?.viewId)
  const before = row?.before ? isoOfDatabaseTime(row.before) : null
  const least = before === null ? now : microsOf(before) + 1n
  return { created: formatTimestamp(least > now ? least : now), before }
}

/** Who made a commit, as its row keeps it. */
export const actorOf = ({ actor }: Context) =>
  actor.kind === 'apiKey'
    ? { actorKind: actor.kind, actorId: actor.keyId, actorName: actor.keyName }
    : { actorKind: actor.kind, actorId: actor.id, actorName: actor.name }
