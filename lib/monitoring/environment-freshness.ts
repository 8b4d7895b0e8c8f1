import { and, asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { featureGroupVersions, versionEnvironments } from '@/db/schema'
import { missing } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { isoInstant } from '@/lib/registry'
import { watchedGroups } from './queries'
import type { VerdictClause } from './resources'
import { freshClause } from './verdict-clauses'

export interface EnvironmentFreshness {
  environment: string
  /** Whether it serves this version to names without a version. */
  isPromoted: boolean
  rows: number
  /** When the newest commit was made; null before the first. */
  lastCommit: string | null
  clause: VerdictClause
}

/**
 * How old the newest row of a version is in each environment in which it stands, against the promised cadence.
 * Errors: `not_found`, the same for a missing and for a hidden group.
 */
export async function getEnvironmentFreshness(
  ctx: Context,
  { group, version }: { group: string; version: number },
): Promise<EnvironmentFreshness[]> {
  const [known] = await watchedGroups(ctx, ctx.environment, [group], version)
  if (!known) throw missing('group', group)
  const nowMs = ctx.now().getTime()
  const rows = await db()
    .select({ served: versionEnvironments })
    .from(versionEnvironments)
    .innerJoin(featureGroupVersions, eq(featureGroupVersions.id, versionEnvironments.versionId))
    .where(and(eq(featureGroupVersions.groupId, known.id), eq(featureGroupVersions.major, version)))
    .orderBy(asc(versionEnvironments.environment))
  return rows.map(({ served: { environment, state, rowCount, lastCreated, newestEventTime } }) => ({
    environment,
    isPromoted: state === 'promoted',
    rows: rowCount,
    lastCommit: lastCreated === null ? null : isoInstant(lastCreated),
    clause: freshClause({
      group,
      newestMs: newestEventTime === null ? null : Date.parse(isoInstant(newestEventTime)),
      nowMs,
      cadenceSeconds: known.cadenceSeconds,
    }),
  }))
}
