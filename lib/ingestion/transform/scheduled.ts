import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  featureGroups,
  featureGroupVersions as groupVersions,
  type Transformation,
  versionEnvironments,
} from '@/db/schema'
import { latestDue } from '@/lib/core/schedule'
import { isoOfDatabaseTime } from '@/lib/online'
import type { Place, TransformationState } from './state'

/** A transformation that runs by itself, in one environment. */
export interface Scheduled extends Place {
  group: string
  major: number
  transformation: Transformation
  /** Whose rights it has unless somebody took it over. */
  author: string
  /** From when on it is scheduled; RFC 3339. */
  since: string
}

/** All that a scheduler looks at: versions that take rows and say when they run; with `inputs`, those that read one of these. */
export async function scheduledVersions(now: Date, inputs?: readonly string[]): Promise<Scheduled[]> {
  const { transformation, state, sunsetAt } = groupVersions
  const rows = await db()
    .select({
      group: featureGroups.name,
      version: groupVersions,
      environment: versionEnvironments.environment,
    })
    .from(groupVersions)
    .innerJoin(featureGroups, eq(featureGroups.id, groupVersions.groupId))
    .innerJoin(versionEnvironments, eq(versionEnvironments.versionId, groupVersions.id))
    .where(
      and(
        inArray(state, ['active', 'deprecated']),
        isNotNull(transformation),
        sql`(${transformation} ? 'schedule' or ${transformation} ->> 'on_new_data' = 'true')`,
        sql`(${sunsetAt} is null or ${sunsetAt} > ${now.toISOString()}::timestamptz)`,
        inputs && sql`${transformation} -> 'inputs' ?| ${sql.param([...inputs])}::text[]`,
      ),
    )
    .orderBy(featureGroups.name, groupVersions.major)
  return rows.flatMap(({ group, version, environment }) =>
    version.transformation
      ? [
          {
            versionId: version.id,
            environment,
            group,
            major: version.major,
            transformation: version.transformation,
            author: version.createdBy,
            since: isoOfDatabaseTime(version.activatedAt ?? version.createdAt),
          },
        ]
      : [],
  )
}

/** The instant of the schedule that is to be served now: the latest one, however many were missed. */
export function dueInstant(
  { transformation, since }: Scheduled,
  { scheduledThrough }: Pick<TransformationState, 'scheduledThrough'>,
  now: Date,
): string | null {
  if (transformation.schedule === undefined) return null
  const due = latestDue(transformation.schedule, now)
  return due !== null && due > new Date(scheduledThrough ?? since) ? due.toISOString() : null
}

/** Who registered a version. */
export async function authorOf(versionId: string): Promise<string> {
  const [row] = await db()
    .select({ createdBy: groupVersions.createdBy })
    .from(groupVersions)
    .where(eq(groupVersions.id, versionId))
  return row?.createdBy ?? ''
}
