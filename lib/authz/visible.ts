import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Context } from '@/lib/core/context'

export interface VisibleColumns {
  teamId: SQLWrapper
  classification: SQLWrapper
  /** The feature group's id, where a row belongs to one. */
  groupId?: SQLWrapper
}

/** The where-clause of every list: true exactly for the rows that decide('catalog:describe') allows. */
export function visible(_ctx: Context, _columns: VisibleColumns): SQL {
  return sql`false`
}
