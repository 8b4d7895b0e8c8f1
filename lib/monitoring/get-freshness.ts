import type { Context } from '@/lib/core/context'
import { watchedGroups } from './queries'
import type { VerdictClause } from './resources'
import { freshClause } from './verdict-clauses'

/**
 * How old the newest event of each group is against its promised cadence, by name: one query however many groups.
 * Groups that the caller may not know of are left out.
 */
export async function getFreshness(
  ctx: Context,
  names: readonly string[],
): Promise<Map<string, VerdictClause>> {
  const nowMs = ctx.now().getTime()
  const groups = await watchedGroups(ctx, ctx.environment, names)
  return new Map(
    groups.map(({ name, newestMs, cadenceSeconds }) => [
      name,
      freshClause({ group: name, newestMs, nowMs, cadenceSeconds }),
    ]),
  )
}

export interface LastArrival {
  /** RFC 3339; null before the first row. */
  newestEvent: string | null
  newestCommit: string | null
}

/** When the newest row of each group happened, and when it came, by name. Groups that the caller may not know of are left out. */
export async function getLastArrivals(
  ctx: Context,
  names: readonly string[],
): Promise<Map<string, LastArrival>> {
  const groups = await watchedGroups(ctx, ctx.environment, names)
  return new Map(
    groups.map(({ name, newestMs, asOf }) => [
      name,
      { newestEvent: newestMs === null ? null : new Date(newestMs).toISOString(), newestCommit: asOf },
    ]),
  )
}
