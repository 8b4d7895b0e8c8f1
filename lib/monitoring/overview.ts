import type { z } from 'zod'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { seenGroup, stripFacts } from './day-facts'
import { stripOf, stripRange } from './day-strip'
import type { overviewQuery } from './operations'
import { watchedGroups } from './queries'
import type { DayState, OverviewRow } from './resources'

type OverviewInput = z.output<typeof overviewQuery>

export interface Overview {
  data: OverviewRow[]
  counts: Record<DayState, number>
  meta: { next_cursor: string | null; total: number }
}

const weight: Record<DayState, number> = { fail: 30, warn: 5, no_data: 1, ok: 0, not_due: 0 }

/** The newest day that says something; nothing due at all is `not_due`. */
const stateOf = (days: OverviewRow['days']): DayState =>
  days.findLast(({ state }) => state !== 'not_due')?.state ?? 'not_due'

/** Bad states of newer days weigh more. */
const badness = ({ days }: OverviewRow): number =>
  days.reduce((total, { state }, i) => total + weight[state] * (i + 1), 0)

const worstFirst = (a: OverviewRow, b: OverviewRow): number =>
  weight[b.state] - weight[a.state] || badness(b) - badness(a) || (a.group < b.group ? -1 : 1)

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,9}$/.test(cursor)) throw invalidField('/cursor', 'is not a cursor of this list', 'cursor')
  return Number(cursor)
}

/** Groups × the last 28 days, worst first, of all groups that the caller may know of. Errors: `forbidden`, `invalid`. */
export async function getOverview(ctx: Context, input: OverviewInput): Promise<Overview> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const range = stripRange(ctx, input.environment ?? ctx.environment)
  const all = await watchedGroups(ctx, range.environment)
  const groups = all.filter(
    ({ team, lifecycle }) => lifecycle !== 'archived' && (input.team === undefined || team === input.team),
  )
  const facts = await stripFacts(ctx, groups, range)
  const rows = groups.map((group): OverviewRow => {
    const days = stripOf(seenGroup(ctx, group, facts, range), facts, range)
    return { group: group.name, owner_team: group.team, version: group.major, state: stateOf(days), days }
  })
  const counts = { ok: 0, warn: 0, fail: 0, no_data: 0, not_due: 0 }
  for (const { state } of rows) counts[state] += 1
  const wanted = rows
    .filter(({ state }) => input.state === undefined || state === input.state)
    .sort(worstFirst)
  const offset = offsetOf(input.cursor)
  const next = offset + input.limit < wanted.length ? String(offset + input.limit) : null
  return {
    data: wanted.slice(offset, offset + input.limit),
    counts,
    meta: { next_cursor: next, total: wanted.length },
  }
}
