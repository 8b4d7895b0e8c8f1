import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, lte, ne, notInArray, or, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import {
  contractBreaches,
  contractDays,
  contractVersions,
  featureGroups,
  featureGroupVersions as groupVersions,
  versionEnvironments,
} from '@/db/schema'

/** A version in an environment that a contract is in force for. */
export interface ContractedPlace {
  groupId: string
  group: string
  major: number
  versionId: string
  environment: string
  /** RFC 3339: since when any contract has been in force. */
  since: string
}

/** Versions that are served somewhere and that a contract is, or was until a newer one, in force for. */
export async function contractedPlaces(at: Date): Promise<ContractedPlace[]> {
  const instant = at.toISOString()
  const since = sql<string>`to_char(min(greatest(${contractVersions.agreedAt}, ${contractVersions.validFrom})) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
  return db()
    .select({
      groupId: featureGroups.id,
      group: featureGroups.name,
      major: groupVersions.major,
      versionId: groupVersions.id,
      environment: versionEnvironments.environment,
      since,
    })
    .from(contractVersions)
    .innerJoin(featureGroups, eq(featureGroups.id, contractVersions.groupId))
    .innerJoin(
      groupVersions,
      and(
        eq(groupVersions.groupId, contractVersions.groupId),
        eq(groupVersions.major, contractVersions.major),
      ),
    )
    .innerJoin(
      versionEnvironments,
      and(eq(versionEnvironments.versionId, groupVersions.id), eq(versionEnvironments.state, 'promoted')),
    )
    .where(
      and(
        lte(contractVersions.agreedAt, instant),
        lte(contractVersions.validFrom, instant),
        isNull(contractVersions.withdrawnAt),
        inArray(groupVersions.state, ['active', 'deprecated']),
      ),
    )
    .groupBy(
      featureGroups.id,
      featureGroups.name,
      groupVersions.major,
      groupVersions.id,
      versionEnvironments.environment,
    )
}

/** Days (YYYY-MM-DD) of a place that were judged, from a day on. */
export async function judgedDays(
  { versionId, environment }: Pick<ContractedPlace, 'versionId' | 'environment'>,
  from: string,
): Promise<Set<string>> {
  const rows = await db()
    .select({ day: contractDays.day })
    .from(contractDays)
    .where(
      and(
        eq(contractDays.versionId, versionId),
        eq(contractDays.environment, environment),
        gte(contractDays.day, from),
      ),
    )
  return new Set(rows.map(({ day }) => day))
}

/** Days whose windows broke a term that they may keep by now, since rows arrive late. */
export async function openWindowDays(
  { versionId, environment }: Pick<ContractedPlace, 'versionId' | 'environment'>,
  from: string,
): Promise<Set<string>> {
  const rows = await db()
    .selectDistinct({
      day: sql<string>`to_char(${contractBreaches.windowStart} at time zone 'UTC', 'YYYY-MM-DD')`,
    })
    .from(contractBreaches)
    .where(
      and(
        eq(contractBreaches.versionId, versionId),
        eq(contractBreaches.environment, environment),
        eq(contractBreaches.outcome, 'window'),
        ne(contractBreaches.rule, 'freshness'),
        isNull(contractBreaches.closedAt),
        gte(contractBreaches.windowStart, `${from}T00:00:00Z`),
      ),
    )
  return new Set(rows.map(({ day }) => day))
}

export const saveDay = async (executor: Executor, row: typeof contractDays.$inferInsert): Promise<void> => {
  const { versionId, environment, day } = contractDays
  await executor
    .insert(contractDays)
    .values(row)
    .onConflictDoUpdate({
      target: [versionId, environment, day],
      set: {
        terms: row.terms,
        broken: row.broken,
        judgedAt: row.judgedAt,
        contractNumber: row.contractNumber,
      },
    })
}

interface Kept {
  at: string
  /** Terms that are broken, and stay open. */
  broken: readonly string[]
  /** Counts of one day, by its start; or freshness, which is about now. */
  of: { day: string } | 'freshness'
}

/** Ends the breaches of windows that are kept by now: rows arrived late, or arrive again. */
export async function closeWindows(
  executor: Executor,
  { versionId, environment }: Pick<ContractedPlace, 'versionId' | 'environment'>,
  { at, broken, of }: Kept,
): Promise<void> {
  const { rule, windowStart, term } = contractBreaches
  await executor
    .update(contractBreaches)
    .set({ closedAt: at })
    .where(
      and(
        eq(contractBreaches.versionId, versionId),
        eq(contractBreaches.environment, environment),
        eq(contractBreaches.outcome, 'window'),
        isNull(contractBreaches.closedAt),
        of === 'freshness' ? eq(rule, 'freshness') : and(ne(rule, 'freshness'), eq(windowStart, of.day)),
        broken.length > 0 ? notInArray(term, [...broken]) : undefined,
      ),
    )
}

/** What came in broken, or was broken by a day; what was refused or held back never came in. */
export interface BrokenOnDay {
  versionId: string
  /** YYYY-MM-DD. */
  day: string
  term: string
  rule: string
  feature: string | null
  promised: string
  observed: string
  severity: 'warn' | 'fail'
}

/** Of batches that came in broken, and of windows, by the day that they are about. */
export async function brokenByDay(
  versionIds: string[],
  environment: string,
  since: string,
): Promise<BrokenOnDay[]> {
  if (versionIds.length === 0) return []
  const { windowStart, openedAt } = contractBreaches
  const about = sql`coalesce(${windowStart}, ${openedAt})`
  return db()
    .select({
      versionId: contractBreaches.versionId,
      day: sql<string>`to_char(${about} at time zone 'UTC', 'YYYY-MM-DD')`,
      term: contractBreaches.term,
      rule: contractBreaches.rule,
      feature: contractBreaches.feature,
      promised: contractBreaches.promised,
      observed: contractBreaches.observed,
      severity: contractBreaches.severity,
    })
    .from(contractBreaches)
    .where(
      and(
        inArray(contractBreaches.versionId, versionIds),
        eq(contractBreaches.environment, environment),
        inArray(contractBreaches.outcome, ['accepted', 'window']),
        // A window that was kept after all, once its rows had arrived, did not break anything.
        or(
          ne(contractBreaches.outcome, 'window'),
          isNull(contractBreaches.closedAt),
          eq(contractBreaches.rule, 'freshness'),
        ),
        gte(about, since),
      ),
    )
    .orderBy(desc(contractBreaches.openedAt))
}

/** Days whose windows were judged, by version. */
export async function judgedByVersion(
  versionIds: string[],
  environment: string,
  since: string,
): Promise<Map<string, Set<string>>> {
  if (versionIds.length === 0) return new Map()
  const rows = await db()
    .select({ versionId: contractDays.versionId, day: contractDays.day })
    .from(contractDays)
    .where(
      and(
        inArray(contractDays.versionId, versionIds),
        eq(contractDays.environment, environment),
        gte(contractDays.day, since.slice(0, 10)),
      ),
    )
  const days = new Map<string, Set<string>>()
  for (const { versionId, day } of rows) days.set(versionId, (days.get(versionId) ?? new Set()).add(day))
  return days
}

/** Versions that a contract is in force for. */
export async function versionsUnderContract(versionIds: string[], at: Date): Promise<Set<string>> {
  if (versionIds.length === 0) return new Set()
  const instant = at.toISOString()
  const rows = await db()
    .selectDistinct({ id: groupVersions.id })
    .from(groupVersions)
    .innerJoin(
      contractVersions,
      and(
        eq(contractVersions.groupId, groupVersions.groupId),
        eq(contractVersions.major, groupVersions.major),
      ),
    )
    .where(
      and(
        inArray(groupVersions.id, versionIds),
        isNotNull(contractVersions.agreedAt),
        isNull(contractVersions.withdrawnAt),
        lt(contractVersions.validFrom, instant),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}
