import { createHash } from 'node:crypto'
import { and, asc, eq, lte, ne } from 'drizzle-orm'
import { db } from '@/db/client'
import { commits } from '@/db/schema'
import type { DatasetPart } from './types'

/**
 * The commits of a version that were there at an instant, by number, rows and a digest of their ids. When a dataset
 * cannot be made again, this tells whether its history is no longer the same.
 */
export async function partHistory(
  versionId: string,
  environment: string,
  knownAt: string,
): Promise<DatasetPart['history']> {
  const rows = await db()
    .select({ id: commits.id, rows: commits.rows })
    .from(commits)
    .where(
      and(
        eq(commits.versionId, versionId),
        eq(commits.environment, environment),
        ne(commits.kind, 'revert'),
        lte(commits.created, knownAt),
      ),
    )
    .orderBy(asc(commits.created))
  const digest = createHash('sha256')
  for (const { id } of rows) digest.update(`${id}\n`)
  return {
    commits: rows.length,
    rows: rows.reduce((total, one) => total + one.rows, 0),
    digest: digest.digest('hex').slice(0, 32),
  }
}
