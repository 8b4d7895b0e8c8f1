import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { commitFiles, mergedFiles } from '@/db/schema'
import { env } from '@/lib/core/env'

/** A read that began before the merge may wait and then run as long as any read may. */
const graceSeconds = () => 2 * env().ALMANAC_ENGINE_READ_SECONDS + 600

/**
 * Deletes the files that merged ones have replaced, once no read can still open them. The rows that name them stay. A
 * crash between the file and its row is made good by the next call. Returns how many went.
 */
export async function removeMergedFiles(grace = graceSeconds()): Promise<number> {
  const until = sql`clock_timestamp() - ${grace} * interval '1 second'`
  const single = await db()
    .select({ path: commitFiles.path })
    .from(commitFiles)
    .where(
      and(isNotNull(commitFiles.mergedInto), isNull(commitFiles.removedAt), lt(commitFiles.mergedAt, until)),
    )
  for (const { path } of single) {
    await rm(join(env().home, path), { force: true })
    await db().update(commitFiles).set({ removedAt: sql`now()` }).where(eq(commitFiles.path, path))
  }
  const merged = await db()
    .select({ id: mergedFiles.id, path: mergedFiles.path })
    .from(mergedFiles)
    .where(
      and(isNotNull(mergedFiles.mergedInto), isNull(mergedFiles.removedAt), lt(mergedFiles.mergedAt, until)),
    )
  for (const { id, path } of merged) {
    await rm(join(env().home, path), { force: true })
    await db().update(mergedFiles).set({ removedAt: sql`now()` }).where(eq(mergedFiles.id, id))
  }
  return single.length + merged.length
}
