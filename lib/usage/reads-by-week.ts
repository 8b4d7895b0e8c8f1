import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { type HiddenFeature, hiddenFeatures, ofNone } from './hidden-features'

/** What is read of one group, or of one of its features (`feature` is then its name). */
interface WeeklyReads {
  group: string
  feature: string | null
  /** Different consumers since `readersSince`. */
  readers: number
  /** Reads by week of seven days that end now, oldest first. */
  weeks: number[]
}

const row = z.object({
  group: z.string(),
  feature: z.string().nullable(),
  week: z.int(),
  reads: z.number(),
})
const readersRow = z.object({ group: z.string(), feature: z.string().nullable(), readers: z.int() })

interface WeeklyReadsFilter {
  groups: string[]
  now: Date
  weeks: number
  readersSince: Date
}

// One read of several features counts once a feature: for the group, the most read one tells how often was read.
const perWeek = ({ groups, now, weeks }: WeeklyReadsFilter, hidden: readonly HiddenFeature[]) => sql`
  with line as (
    select group_name, feature, consumer_kind || ' ' || consumer_id || ' ' || side as reader,
      floor(extract(epoch from ${now.toISOString()}::timestamptz - minute) / 604800)::int as week,
      sum(reads)::float8 as reads
    from usage_minutes
    where group_name in ${groups}
      and minute > ${new Date(now.getTime() - weeks * 604_800_000).toISOString()}::timestamptz
      and minute <= ${now.toISOString()}::timestamptz and ${ofNone(hidden)}
    group by 1, 2, 3, 4
  )
  select group_name as "group", feature, week, sum(reads) as reads from line group by 1, 2, 3
  union all
  select group_name, null, week, sum(most)
  from (select group_name, reader, week, max(reads) as most from line group by 1, 2, 3) once group by 1, 3`

const perReader = ({ groups, readersSince }: WeeklyReadsFilter, hidden: readonly HiddenFeature[]) => sql`
  select group_name as "group", feature, count(distinct consumer_kind || ' ' || consumer_id)::int as readers
  from usage_minutes
  where group_name in ${groups} and minute >= ${readersSince.toISOString()}::timestamptz and ${ofNone(hidden)}
  group by grouping sets ((group_name, feature), (group_name))`

/**
 * Reads by week and readers of groups that the reader may know of, and of their features; what was never read is absent.
 * Features that the reader may not know of are in no sum.
 */
export async function readsByWeek(ctx: Context, filter: WeeklyReadsFilter): Promise<WeeklyReads[]> {
  if (filter.groups.length === 0) return []
  const hidden = await hiddenFeatures(ctx, filter.groups)
  const [weekly, readers] = await Promise.all([
    db().execute(perWeek(filter, hidden)),
    db().execute(perReader(filter, hidden)),
  ])
  const found = new Map<string, WeeklyReads>()
  const of = (group: string, feature: string | null): WeeklyReads => {
    const key = `${group}:${feature ?? ''}`
    const known = found.get(key) ?? { group, feature, readers: 0, weeks: new Array(filter.weeks).fill(0) }
    found.set(key, known)
    return known
  }
  for (const { group, feature, week, reads } of z.array(row).parse(weekly)) {
    of(group, feature).weeks[filter.weeks - 1 - week] = reads
  }
  for (const { group, feature, readers: count } of z.array(readersRow).parse(readers)) {
    of(group, feature).readers = count
  }
  return [...found.values()]
}
