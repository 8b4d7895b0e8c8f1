import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { usageMinutes } from '@/db/schema'
import { type HiddenFeature, ofNone } from './hidden-features'

export interface UsageFilter {
  groupName: string
  version?: number
  features?: string[]
  environment?: string
  since: Date
  /** What is not counted. */
  hidden?: readonly HiddenFeature[]
}

const conditions = (filter: UsageFilter) =>
  and(
    eq(usageMinutes.groupName, filter.groupName),
    gte(usageMinutes.minute, filter.since.toISOString()),
    filter.version === undefined ? undefined : eq(usageMinutes.version, filter.version),
    filter.environment === undefined ? undefined : eq(usageMinutes.environment, filter.environment),
    filter.features ? inArray(usageMinutes.feature, filter.features) : undefined,
    filter.hidden ? ofNone(filter.hidden) : undefined,
  )

const reads = sql<number>`sum(${usageMinutes.reads})::float8`
const cells = sql<number>`sum(${usageMinutes.cells})::float8`

/** Reads, values read and the last minute of it, per UTC day, side, feature and consumer, oldest day first. The caller has checked who asks. */
export function usageByDay(filter: UsageFilter) {
  const day = sql<string>`to_char(${usageMinutes.minute}, 'YYYY-MM-DD')`
  return db()
    .select({
      day,
      side: usageMinutes.side,
      feature: usageMinutes.feature,
      consumerKind: usageMinutes.consumerKind,
      consumerId: usageMinutes.consumerId,
      reads,
      cells,
      last: sql<string>`max(${usageMinutes.minute})::text`,
    })
    .from(usageMinutes)
    .where(conditions(filter))
    .groupBy(day, usageMinutes.side, usageMinutes.feature, usageMinutes.consumerKind, usageMinutes.consumerId)
    .orderBy(day)
}

/** How many different consumers read features of the groups since an instant, by `group:feature`: one statement. */
export async function consumersByFeature(
  groups: readonly string[],
  since: Date,
): Promise<Map<string, number>> {
  if (groups.length === 0) return new Map()
  const rows = await db()
    .select({
      name: sql<string>`${usageMinutes.groupName} || ':' || ${usageMinutes.feature}`,
      consumers: sql<number>`count(distinct ${usageMinutes.consumerId})::int`,
    })
    .from(usageMinutes)
    .where(and(inArray(usageMinutes.groupName, [...groups]), gte(usageMinutes.minute, since.toISOString())))
    .groupBy(usageMinutes.groupName, usageMinutes.feature)
  return new Map(rows.map(({ name, consumers }) => [name, consumers]))
}
