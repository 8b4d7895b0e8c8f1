import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { commits } from '@/db/schema'
import { parseEventTime } from '@/lib/core/feature-type'
import type { HiddenCommit, History } from '@/lib/offline'
import { isoOfDatabaseTime } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'

/** An instant as RFC 3339, whether the database wrote it or the product. */
export const isoOf = (instant: string): string =>
  instant.endsWith('Z') ? instant : isoOfDatabaseTime(instant)

/** Microseconds of an instant, whether the database wrote it or the product. */
export const microsOf = (instant: string): bigint => parseEventTime(isoOf(instant)) ?? 0n

/** Commits in force whose rows wait to be materialized, oldest first. */
export const waitingCommits = (executor: Executor, { versionId, environment }: ServingVersion) =>
  executor
    .select()
    .from(commits)
    .where(
      and(
        eq(commits.versionId, versionId),
        eq(commits.environment, environment),
        eq(commits.onlineState, 'offline_only'),
        isNull(commits.revertedBy),
        isNull(commits.reverts),
      ),
    )
    .orderBy(asc(commits.created))

/** Leaves commits out of a history for good, as a revert does. */
export const without = (history: History, createds: readonly string[]): History => {
  const hidden = createds.map(
    (created): HiddenCommit => ({ createdMicros: microsOf(created), fromMicros: 0n, toMicros: null }),
  )
  const gone = new Set(hidden.map(({ createdMicros }) => createdMicros))
  return {
    ...history,
    hidden: [...(history.hidden ?? []), ...hidden],
    // What they replaced counts again.
    replaced: (history.replaced ?? []).filter(({ byMicros }) => !gone.has(byMicros)),
  }
}

/** Only these commits, whether they are hidden or not, without the rows whose window was computed again since. */
export const countedOf = (history: History, createds: readonly string[]): History => ({
  ...onlyCommits(history, createds),
  replaced: history.replaced ?? [],
})

/** Only these commits with all of their rows, whether they are hidden or not. */
export const onlyCommits = ({ schema, files }: History, createds: readonly string[]): History => ({
  schema,
  files,
  only: createds.map(microsOf),
})
