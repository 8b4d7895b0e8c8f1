import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { commits, mergedFiles } from '@/db/schema'
import { sweepLeftovers } from './staging'

/**
 * Removes what was left half-done: at start, before rows are taken, by any earlier process; later by those that died
 * since. Returns how many files went.
 */
export function sweepStaging({ atStart } = { atStart: true }): Promise<number> {
  // An intent names a commit or a merged file.
  const happened = async (id: string) =>
    (await db().$count(commits, eq(commits.id, id))) +
      (await db().$count(mergedFiles, eq(mergedFiles.id, id))) >
    0
  return sweepLeftovers(happened, atStart)
}
