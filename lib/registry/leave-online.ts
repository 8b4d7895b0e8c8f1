import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { commits, jobs, versionEnvironments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { systemContext } from '@/lib/identity'
import { enqueue } from '@/lib/queue'
import type { VersionRow } from './definition'

/** Rows that wait for their time under these views never come. Kind and input are those of lib/ingestion. */
const dropDueRows = (tx: Transaction, ctx: Context, viewIds: number[]) =>
  tx
    .update(jobs)
    .set({ state: 'cancelled', input: {}, finishedAt: ctx.now().toISOString() })
    .where(
      and(
        eq(jobs.kind, 'online_due'),
        eq(jobs.state, 'queued'),
        inArray(sql`(${jobs.input} ->> 'viewId')::int`, viewIds),
      ),
    )

/**
 * Takes a version out of the online store. Its place there gets a new name, so that from this transaction on nothing
 * finds the rows that are left; a job of the installation's own removes them.
 */
export async function leaveOnline(
  tx: Transaction,
  ctx: Context,
  group: string,
  version: VersionRow,
): Promise<void> {
  if (!version.online) return
  const own = eq(versionEnvironments.versionId, version.id)
  // Waits for whoever commits now; a later one finds that the version takes no rows.
  const left = await tx
    .select({ viewId: versionEnvironments.viewId })
    .from(versionEnvironments)
    .where(own)
    .for('update')
  const viewIds = left.map(({ viewId }) => viewId)
  if (viewIds.length === 0) return
  await tx.execute(sql`update version_environments set view_id = default where version_id = ${version.id}`)
  await dropDueRows(tx, ctx, viewIds)
  const { actor } = systemContext()
  await enqueue(
    tx,
    { ...ctx, actor },
    {
      kind: 'clear_online',
      input: { viewIds },
      title: `Remove ${group}@${version.major}, which is archived, from the online store`,
      resource: { kind: 'group', name: group },
    },
  )
}

/** What was online before the version was archived waits for its materialization again. */
export async function awaitOnline(tx: Transaction, version: VersionRow): Promise<void> {
  if (!version.online) return
  const own = eq(commits.versionId, version.id)
  await tx
    .update(commits)
    .set({ onlineSpans: null })
    .where(and(own, isNotNull(commits.onlineSpans)))
  // A revert that had not reached the online store finds nothing there to hide.
  await tx
    .update(commits)
    .set({ onlineState: 'done' })
    .where(and(own, eq(commits.kind, 'revert'), eq(commits.onlineState, 'pending')))
  await tx
    .update(commits)
    .set({ onlineState: 'offline_only' })
    .where(
      and(
        own,
        inArray(commits.onlineState, ['done', 'pending']),
        isNull(commits.reverts),
        isNull(commits.revertedBy),
      ),
    )
}
