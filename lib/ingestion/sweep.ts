import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { commits } from '@/db/schema'
import { sweepLeftovers } from './staging'

/** Removes what an earlier process left half-done; run it at start, before rows are taken. Returns how many files went. */
export function sweepStaging(): Promise<number> {
  return sweepLeftovers(async (commit) => (await db().$count(commits, eq(commits.id, commit))) > 0)
}
