import { withTransaction } from '@/db/client'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { endAnswersOf } from '@/lib/idempotency'
import { isoOfDatabaseTime } from '@/lib/online'
import { toCommitResource } from '../commit-resource'
import { announceCommit } from '../events'
import { lockGroup } from '../group-lock'
import { inTurn } from '../group-queue'
import { type CommitResource, revertInput } from '../operations'
import { finishOnlineSoon } from '../outbox'
import { followReplay } from '../quarantine-store'
import { type WriteTarget, writeTarget } from '../write-target'
import { findCommit } from './find-commit'
import { hiding } from './hide-commit'
import { restoring } from './restore-commit'
import { type Reversal, reversalOf, touchesOnline } from './reversal'
import { insertRevert, readLinked, type StoredRevert } from './revert-records'

interface Act {
  ctx: Context
  target: WriteTarget
  reason: string
  id: string
}

async function write(act: Act, first: Reversal): Promise<StoredRevert> {
  const { ctx, target } = act
  const { version, decision } = target
  const half = await (first.kind === 'hide' ? hiding : restoring)(ctx, version, first.commit)
  return withTransaction(async (tx) => {
    const lock = await lockGroup(tx, ctx, version)
    // Looked at again under the lock: somebody else may have been faster.
    const reversal = reversalOf(version, await readLinked(tx, act.id))
    const id = newId(ctx.now().getTime())
    const online = await half(tx, lock, reversal.commit)
    const stored = await insertRevert(tx, ctx, version, {
      id,
      created: lock.created,
      reversal,
      reason: act.reason,
      online,
    })
    if (reversal.kind === 'hide') await endAnswersOf(tx, reversal.commit.id)
    if (reversal.commit.kind === 'replay') await followReplay(tx, reversal.commit.id, reversal.kind)
    await record(tx, ctx, {
      action: 'group:write_offline',
      resource: version.resource,
      decision,
      reason: `${reversal.kind === 'hide' ? 'Commit reverted' : 'Revert taken back'}: ${act.reason}`,
      environment: version.environment,
      after: {
        version: version.major,
        kind: 'revert',
        commit: id,
        [reversal.kind === 'hide' ? 'hides' : 'restores']: reversal.commit.id,
        rows: reversal.commit.rows,
      },
    })
    return stored
  })
}

/**
 * Reverts a commit by a new one: its rows leave every read whose `known_at` is absent or from now on, the keys that it
 * touched get online what the remaining history says, and its Idempotency-Key ends. Reverting a revert brings the rows
 * back. Errors: forbidden, not_found, invalid, conflict (reverted already, a closed version), gone, unavailable.
 */
export async function revertCommit(
  ctx: Context,
  input: { group: string; id: string; body: unknown },
): Promise<CommitResource> {
  await authorizeAtAll(ctx, 'group:write_offline')
  const { reason } = parseInput(revertInput, input.body)
  const { version, ...linked } = await findCommit(ctx, input.group, input.id)
  const { groupName: group, major, versionId, environment } = version
  const reaches = touchesOnline(version, linked.reverts ?? linked.commit) ? 'both' : 'offline'
  const target = await writeTarget(ctx, { group, version: major }, reaches)
  const act = { ctx, target, reason, id: linked.commit.id }
  const stored = await inTurn(`${versionId} ${environment}`, () => write(act, reversalOf(version, linked)))
  const { commit } = stored
  if (commit.onlineState === 'pending' || stored.reverts?.onlineState === 'pending') finishOnlineSoon()
  const created = isoOfDatabaseTime(commit.created)
  announceCommit({ commit: commit.id, versionId, group, major, environment, created, rows: 0 })
  return toCommitResource(version, stored)
}
