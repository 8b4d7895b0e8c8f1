import { and, asc, desc, eq, gt, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { featureGroups, jobLog, jobs } from '@/db/schema'
import { decide, systemResource, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import type { JobRow } from '@/lib/queue'
import type { ListJobsQuery } from './operations'

/** One's own jobs, those about groups one may see, and every one for whoever manages the installation. */
function mine(ctx: Context): SQL | undefined {
  if (decide(ctx, 'settings:manage', systemResource).allowed) return undefined
  const seen = visible(ctx, {
    teamId: featureGroups.ownerTeamId,
    classification: featureGroups.classification,
    groupId: featureGroups.id,
  })
  const aboutSeen = sql`exists (select 1 from ${featureGroups} where ${featureGroups.name} = ${jobs.resourceName} and ${seen})`
  return or(eq(jobs.createdBy, ctx.actor.id), and(eq(jobs.resourceKind, 'group'), aboutSeen))
}

/** A job without a title is the portal's own work. */
const shown = (ctx: Context, more: (SQL | undefined)[] = []) => and(isNotNull(jobs.title), mine(ctx), ...more)

export async function findJob(ctx: Context, id: string): Promise<JobRow | null> {
  const [row] = await db()
    .select()
    .from(jobs)
    .where(shown(ctx, [eq(jobs.id, id)]))
  return row ?? null
}

type Filter = Pick<ListJobsQuery, 'state' | 'kind' | 'resource'>

const filters = ({ state, kind, resource }: Filter) => [
  state && eq(jobs.state, state),
  kind === undefined ? undefined : eq(jobs.kind, kind),
  resource === undefined ? undefined : eq(jobs.resourceName, resource),
]

/** Newest first; ids sort by time. `before`: the last one of the page before. */
export const findJobs = (
  ctx: Context,
  filter: Filter,
  { limit, before }: { limit: number; before: string | null },
): Promise<JobRow[]> =>
  db()
    .select()
    .from(jobs)
    .where(shown(ctx, [...filters(filter), before === null ? undefined : lt(jobs.id, before)]))
    .orderBy(desc(jobs.id))
    .limit(limit)

export const countJobs = (ctx: Context, filter: Filter): Promise<number> =>
  db().$count(jobs, shown(ctx, filters(filter)))

const mostLines = 500

/** The last lines, oldest first. */
export async function logOf(id: string): Promise<{ at: string; text: string }[]> {
  const last = db()
    .select({ line: sql<number>`coalesce(max(${jobLog.line}), 0) - ${mostLines}` })
    .from(jobLog)
    .where(eq(jobLog.jobId, id))
  return db()
    .select({ at: jobLog.at, text: jobLog.text })
    .from(jobLog)
    .where(and(eq(jobLog.jobId, id), gt(jobLog.line, sql`(${last})`)))
    .orderBy(asc(jobLog.line))
}
