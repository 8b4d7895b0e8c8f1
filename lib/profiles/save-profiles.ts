import { sql } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { profiles } from '@/db/schema'
import { newId } from '@/lib/core/ids'

export type ProfileSide = (typeof profiles.$inferInsert)['side']

export interface NewProfile {
  /** Given where other profiles name this one as their reference before it is written. */
  id?: string
  versionId: string
  environment: string
  feature: string
  side: ProfileSide
  windowStart: string | null
  windowEnd: string | null
  referenceId: string | null
  asOf: string
  rows: number
  statistics: Record<string, unknown>
}

const rowsAStatement = 500

/** Frozen, and of the same format: what nobody can read any more is not worth keeping. */
const isFrozen = sql`(coalesce((${profiles.statistics} ->> 'frozen')::boolean, false) and ${profiles.statistics} -> 'format' is not distinct from excluded.statistics -> 'format')`

/**
 * Writes profiles; one of the same window is replaced, unless it already knows of later commits or its statistics
 * say `frozen: true`. Its id stays, so that what was counted on a reference still names it.
 */
export async function saveProfiles(executor: Executor, rows: readonly NewProfile[]): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsAStatement) {
    const batch = rows.slice(start, start + rowsAStatement)
    await executor
      .insert(profiles)
      .values(batch.map((row) => ({ ...row, id: row.id ?? newId() })))
      .onConflictDoUpdate({
        target: [
          profiles.versionId,
          profiles.environment,
          profiles.feature,
          profiles.side,
          profiles.windowStart,
          profiles.windowEnd,
        ],
        set: {
          referenceId: sql`excluded.reference_id`,
          asOf: sql`excluded.as_of`,
          rows: sql`excluded.rows`,
          statistics: sql`excluded.statistics`,
        },
        setWhere: sql`${profiles.asOf} <= excluded.as_of and not ${isFrozen}`,
      })
  }
}
