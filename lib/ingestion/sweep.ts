import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { commits } from '@/db/schema'
import { sweepLeftovers } from './staging'

/**
 * Removes what was left half-done: at start, before rows are taken, by any earlier process; later by those that died
 * since. Returns how many files went.
 */
export function sweepStaging({ atStart } = { atStart: true }): Promise<number> {
  return sweepLeftovers(async (commit) => (await db().$count(commits, eq(commits.id, commit))) > 0, atStart)
}
