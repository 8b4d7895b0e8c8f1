import { and, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { featureGroups, features, featureGroupVersions as groupVersions } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'

/** A feature of a version, as its reads are counted. */
export interface HiddenFeature {
  group: string
  version: number
  feature: string
}

/** Features of groups that the caller may know of which they may not know of themselves: classed apart, and few. */
export function hiddenFeatures(ctx: Context, groups: readonly string[]): Promise<HiddenFeature[]> {
  if (groups.length === 0) return Promise.resolve([])
  const may = visible(ctx, {
    teamId: featureGroups.ownerTeamId,
    classification: features.classification,
    groupId: featureGroups.id,
  })
  return db()
    .select({ group: featureGroups.name, version: groupVersions.major, feature: features.name })
    .from(featureGroups)
    .innerJoin(groupVersions, eq(groupVersions.groupId, featureGroups.id))
    .innerJoin(features, eq(features.versionId, groupVersions.id))
    .where(
      and(
        inArray(featureGroups.name, [...groups]),
        isNotNull(features.classification),
        sql`(${may}) is not true`,
      ),
    )
}

/** Of a line of usage_minutes: that it is of none of these. */
export const ofNone = (hidden: readonly HiddenFeature[]): SQL =>
  hidden.length === 0
    ? sql`true`
    : sql`(group_name, version, feature) not in (${sql.join(
        hidden.map(({ group, version, feature }) => sql`(${group}, ${version}::int, ${feature})`),
        sql`, `,
      )})`
