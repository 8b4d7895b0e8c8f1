import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { commits, versionEnvironments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import type { ServingVersion } from '@/lib/registry'
import { actorOf, ownPlace } from '../group-lock'
import { type LinkedCommit, linkedCommits } from './find-commit'
import type { Reversal } from './reversal'

type OnlineState = (typeof commits.$inferInsert)['onlineState']

export type StoredRevert = LinkedCommit

export interface NewRevert {
  id: string
  created: string
  reversal: Reversal
  reason: string
  online: OnlineState
}

/** A commit with its links as the transaction sees it. */
export async function readLinked(tx: Transaction, id: string): Promise<LinkedCommit> {
  const [found] = await linkedCommits(tx, eq(commits.id, id))
  if (!found) throw new Error(`Commit ${id} has gone`)
  return found
}

/** Rows and the newest event time of what counts now. */
async function recount(tx: Transaction, version: ServingVersion, created: string, rows: number) {
  const newest = tx
    .select({ newest: sql`max(${commits.maxEventTime})` })
    .from(commits)
    .where(
      and(
        eq(commits.versionId, version.versionId),
        eq(commits.environment, version.environment),
        isNull(commits.revertedBy),
        isNull(commits.reverts),
      ),
    )
  await tx
    .update(versionEnvironments)
    .set({
      lastCreated: created,
      rowCount: sql`${versionEnvironments.rowCount} + ${rows}`,
      newestEventTime: sql`(${newest})`,
    })
    .where(ownPlace(version))
}

/** Writes the reverting commit, the links both ways, and what the group holds now. */
export async function insertRevert(
  tx: Transaction,
  ctx: Context,
  version: ServingVersion,
  { id, created, reversal, reason, online }: NewRevert,
): Promise<StoredRevert> {
  const { kind, commit, named } = reversal
  await tx.insert(commits).values({
    id,
    versionId: version.versionId,
    environment: version.environment,
    kind: 'revert',
    created,
    rows: 0,
    // The span whose statistics change: whoever counts windows finds it here.
    minEventTime: sql`least(${commit.minEventTime}::timestamptz, ${commit.replacesAfter}::timestamptz)`,
    maxEventTime: sql`greatest(${commit.maxEventTime}::timestamptz, ${commit.replacesUntil}::timestamptz)`,
    onlineState: online,
    ...actorOf(ctx),
    via: ctx.via,
    reverts: named.id,
    reason,
  })
  await tx.update(commits).set({ revertedBy: id }).where(eq(commits.id, named.id))
  if (kind === 'restore') await tx.update(commits).set({ revertedBy: null }).where(eq(commits.id, commit.id))
  await recount(tx, version, created, kind === 'hide' ? -commit.rows : commit.rows)
  return readLinked(tx, id)
}
