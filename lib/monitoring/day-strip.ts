import type { Context } from '@/lib/core/context'
import { parseFeatureReference, parseGroupReference } from '@/lib/registry'
import { dayMs, windowStart } from './calendar'
import { type DayRange, dayFacts, type SeenGroup, type StripFacts, seenGroup, stripFacts } from './day-facts'
import { judgeDay } from './judge-day'
import { watchedGroups } from './queries'
import type { Day } from './resources'

const stripDays = 28

/** The 28 UTC days that end today. */
export function stripRange(ctx: Context, environment = ctx.environment): DayRange {
  const nowMs = ctx.now().getTime()
  const toMs = windowStart('day', nowMs) + dayMs
  return { environment, fromMs: toMs - stripDays * dayMs, toMs, nowMs }
}

const quality = (group: string, date: string) =>
  `/groups/${encodeURIComponent(group)}?tab=quality&day=${date}`

export const stripOf = (
  seen: SeenGroup,
  facts: StripFacts,
  range: DayRange,
  feature: string | null = null,
): Day[] =>
  dayFacts(seen, facts, range, feature).map((one) => {
    const day = judgeDay(one)
    return { ...day, href: quality(seen.group.name, day.date) }
  })

interface Wanted {
  name: string
  group: string
  feature: string | null
}

function wantedOf(name: string): Wanted | null {
  const feature = parseFeatureReference(name)
  if (feature) return { name, group: feature.group, feature: feature.feature }
  const group = parseGroupReference(name)
  return group && { name, group: group.group, feature: null }
}

/**
 * The last 28 days of many groups (`group`) and features (`group:feature`) at once, oldest first: arrivals against the
 * promised cadence, rows that broke the contract, and drift where it was judged. Names that the caller may not know
 * of, or that are none, are left out.
 */
export async function getDayStrip(
  ctx: Context,
  names: readonly string[],
  environment = ctx.environment,
): Promise<Map<string, Day[]>> {
  const wanted = names.map(wantedOf).filter((one) => one !== null)
  const groups = await watchedGroups(ctx, environment, [...new Set(wanted.map(({ group }) => group))])
  const range = stripRange(ctx, environment)
  const facts = await stripFacts(ctx, groups, range)
  const byName = new Map(groups.map((group) => [group.name, seenGroup(ctx, group, facts, range)]))
  return new Map(
    wanted.flatMap(({ name, group, feature }): [string, Day[]][] => {
      const found = byName.get(group)
      if (!found || (feature !== null && found.view.sight(feature) === 'hidden')) return []
      return [[name, stripOf(found, facts, range, feature)]]
    }),
  )
}
