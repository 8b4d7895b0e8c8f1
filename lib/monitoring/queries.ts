import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  commits,
  featureGroups,
  features,
  featureGroupVersions as groupVersions,
  quarantinedRows,
  teams,
  versionEnvironments,
} from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { isoInstant } from '@/lib/registry'

/** A group with the version that is watched in an environment: the promoted one, else the newest there. */
export interface WatchedGroup {
  id: string
  name: string
  teamId: string
  team: string
  classification: typeof featureGroups.$inferSelect.classification
  tags: string[]
  cadenceSeconds: number | null
  createdMs: number
  versionId: string | null
  major: number | null
  lifecycle: typeof groupVersions.$inferSelect.state | null
  /** `created` of the newest commit, RFC 3339. */
  asOf: string | null
  newestMs: number | null
}

const iso = (text: string | null) => (text === null ? null : isoInstant(text))

/** Groups that the caller may know of, by name; of all groups when no names are given. One query. */
export async function watchedGroups(
  ctx: Context,
  environment: string,
  names?: readonly string[],
  major?: number,
): Promise<WatchedGroup[]> {
  if (names?.length === 0) return []
  const isServed = and(
    eq(versionEnvironments.versionId, groupVersions.id),
    eq(versionEnvironments.environment, environment),
  )
  const mayKnow = visible(ctx, {
    teamId: featureGroups.ownerTeamId,
    classification: featureGroups.classification,
    groupId: featureGroups.id,
  })
  const rows = await db()
    .selectDistinctOn([featureGroups.name], {
      group: featureGroups,
      team: teams.name,
      version: { id: groupVersions.id, major: groupVersions.major, state: groupVersions.state },
      served: versionEnvironments,
    })
    .from(featureGroups)
    .innerJoin(teams, eq(teams.id, featureGroups.ownerTeamId))
    .leftJoin(groupVersions, eq(groupVersions.groupId, featureGroups.id))
    .leftJoin(versionEnvironments, isServed)
    .where(
      and(
        mayKnow,
        names ? inArray(featureGroups.name, [...names]) : undefined,
        major === undefined ? undefined : eq(groupVersions.major, major),
      ),
    )
    .orderBy(
      asc(featureGroups.name),
      asc(sql`coalesce(${groupVersions.state}, '') = 'archived'`),
      desc(sql`coalesce(${versionEnvironments.state}, '') = 'promoted'`),
      desc(sql`${versionEnvironments.versionId} is not null`),
      desc(groupVersions.major),
    )
  return rows.map(({ group, team, version, served }) => ({
    id: group.id,
    name: group.name,
    teamId: group.ownerTeamId,
    team,
    classification: group.classification,
    tags: group.tags,
    cadenceSeconds: group.cadenceSeconds,
    createdMs: Date.parse(isoInstant(group.createdAt)),
    versionId: served ? (version?.id ?? null) : null,
    major: version?.major ?? null,
    lifecycle: version?.state ?? null,
    asOf: iso(served?.lastCreated ?? null),
    newestMs: served?.newestEventTime ? Date.parse(isoInstant(served.newestEventTime)) : null,
  }))
}

/** Versions that hold rows, with the environments in which they do. */
export const filledPlaces = (): Promise<{ group: string; major: number; environment: string }[]> =>
  db()
    .select({
      group: featureGroups.name,
      major: groupVersions.major,
      environment: versionEnvironments.environment,
    })
    .from(versionEnvironments)
    .innerJoin(groupVersions, eq(groupVersions.id, versionEnvironments.versionId))
    .innerJoin(featureGroups, eq(featureGroups.id, groupVersions.groupId))
    .where(isNotNull(versionEnvironments.lastCreated))
    .orderBy(asc(featureGroups.name))

/** Rows of one version on one UTC day, by version and day (`YYYY-MM-DD`). */
export type DayCounts = Map<string, Map<string, number>>

function byVersionAndDay(rows: { versionId: string; day: string; rows: number }[]): DayCounts {
  const counts: DayCounts = new Map()
  for (const row of rows) {
    const days = counts.get(row.versionId) ?? new Map<string, number>()
    days.set(row.day, row.rows)
    counts.set(row.versionId, days)
  }
  return counts
}

/** Rows that were taken in and not reverted since, by the day of their commit. */
export async function acceptedByDay(
  versionIds: string[],
  environment: string,
  since: string,
): Promise<DayCounts> {
  const day = sql<string>`to_char(${commits.created}, 'YYYY-MM-DD')`
  const rows = await db()
    .select({ versionId: commits.versionId, day, rows: sql<number>`sum(${commits.rows})::float8` })
    .from(commits)
    .where(
      and(
        inArray(commits.versionId, versionIds),
        eq(commits.environment, environment),
        gte(commits.created, since),
        isNull(commits.revertedBy),
      ),
    )
    .groupBy(commits.versionId, day)
  return byVersionAndDay(rows)
}

/** Rows that were held back, by the day on which they came; also those that were settled since. */
export async function quarantinedByDay(
  versionIds: string[],
  environment: string,
  since: string,
): Promise<{ quarantined: DayCounts; settled: DayCounts }> {
  const { versionId, createdAt } = quarantinedRows
  const day = sql<string>`to_char(${createdAt}, 'YYYY-MM-DD')`
  const rows = await db()
    .select({
      versionId,
      day,
      rows: sql<number>`count(*)::float8`,
      settled: sql<number>`(count(*) filter (where ${quarantinedRows.state} <> 'held'))::float8`,
    })
    .from(quarantinedRows)
    .where(
      and(
        inArray(versionId, versionIds),
        eq(quarantinedRows.environment, environment),
        gte(createdAt, since),
        isNotNull(versionId),
      ),
    )
    .groupBy(versionId, day)
  const settled = rows.map((row) => ({ ...row, rows: row.settled }))
  return { quarantined: byVersionAndDay(rows), settled: byVersionAndDay(settled) }
}

/** What decides who may be told of a feature, and whether anything is promised of it. */
export interface FeatureTerms {
  /** Its own class; null: the group's. */
  classification: WatchedGroup['classification'] | null
  hasContract: boolean
}

/** Features by version and name. One query. */
export async function featureTerms(versionIds: string[]): Promise<Map<string, Map<string, FeatureTerms>>> {
  if (versionIds.length === 0) return new Map()
  const rows = await db()
    .select({
      versionId: features.versionId,
      name: features.name,
      classification: features.classification,
      hasContract: sql<boolean>`${features.contract} is not null`,
    })
    .from(features)
    .where(inArray(features.versionId, versionIds))
  const terms = new Map<string, Map<string, FeatureTerms>>()
  for (const { versionId, name, ...own } of rows) {
    const known = terms.get(versionId) ?? new Map<string, FeatureTerms>()
    terms.set(versionId, known.set(name, own))
  }
  return terms
}
