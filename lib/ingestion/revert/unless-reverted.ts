import { and, eq, isNotNull, max, or } from 'drizzle-orm'
import { type Executor, type Transaction, withTransaction } from '@/db/client'
import { commits } from '@/db/schema'
import type { ServingVersion } from '@/lib/registry'
import { sharePlace } from '../group-lock'

type Place = Pick<ServingVersion, 'versionId' | 'environment'>

/** `created` of the newest commit that hid other rows, or brought them back; what was read of a history holds while it stays. */
export async function newestRevert(executor: Executor, version: Place): Promise<string | null> {
  const [row] = await executor
    .select({ created: max(commits.created) })
    .from(commits)
    .where(
      and(
        eq(commits.versionId, version.versionId),
        eq(commits.environment, version.environment),
        or(eq(commits.kind, 'revert'), isNotNull(commits.replacesUntil)),
      ),
    )
  return row?.created ?? null
}

/**
 * Runs one step of longer work in a transaction during which nothing of the group is committed or reverted. False, with
 * nothing done, when there was a revert since `mark`: what was read before may be hidden now.
 */
export function unlessReverted(
  version: ServingVersion,
  mark: string | null,
  step: (tx: Transaction) => Promise<void>,
): Promise<boolean> {
  return withTransaction(async (tx) => {
    await sharePlace(tx, version)
    if ((await newestRevert(tx, version)) !== mark) return false
    await step(tx)
    return true
  })
}
