import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { profiles } from '@/db/schema'
import type { ProfileSide } from './save-profiles'
import { instantOf, instantOrNull, type StoredProfile } from './stored-profile'

export interface ProfileFilter {
  versionIds: string[]
  environment: string
  side?: ProfileSide
  features?: string[]
  /**
   * `whole`: of the whole history. `reference`: of everything before an instant. `window`: of a bounded window,
   * those that overlap [from, to).
   */
  span: 'whole' | 'reference' | { from: string; to: string }
  /** Length of a bounded window. */
  lengthSeconds?: number
  /** What `format` of the statistics says. */
  format?: number
}

function spanOf({ span, lengthSeconds }: ProfileFilter): SQL | undefined {
  if (span === 'whole') return and(isNull(profiles.windowStart), isNull(profiles.windowEnd))
  if (span === 'reference') return and(isNull(profiles.windowStart), isNotNull(profiles.windowEnd))
  return and(
    lt(profiles.windowStart, span.to),
    gt(profiles.windowEnd, span.from),
    lengthSeconds === undefined
      ? undefined
      : sql`${profiles.windowEnd} - ${profiles.windowStart} = make_interval(secs => ${lengthSeconds})`,
  )
}

const conditions = (filter: ProfileFilter) =>
  and(
    inArray(profiles.versionId, filter.versionIds),
    eq(profiles.environment, filter.environment),
    eq(profiles.side, filter.side ?? 'offline'),
    filter.features ? inArray(profiles.feature, filter.features) : undefined,
    filter.format === undefined
      ? undefined
      : eq(sql`${profiles.statistics} -> 'format'`, sql`to_jsonb(${filter.format}::int)`),
    spanOf(filter),
  )

const head = {
  id: profiles.id,
  versionId: profiles.versionId,
  environment: profiles.environment,
  feature: profiles.feature,
  windowStart: profiles.windowStart,
  windowEnd: profiles.windowEnd,
  referenceId: profiles.referenceId,
  asOf: profiles.asOf,
  rows: profiles.rows,
}

const inOrder = [asc(profiles.versionId), asc(profiles.feature), asc(profiles.windowStart)]

interface Instants {
  windowStart: string | null
  windowEnd: string | null
  asOf: string
}

const withInstants = <T extends Instants>(row: T): T => ({
  ...row,
  windowStart: instantOrNull(row.windowStart),
  windowEnd: instantOrNull(row.windowEnd),
  asOf: instantOf(row.asOf),
})

/** Stored profiles by version, feature and window. The caller has checked who asks. */
export async function readProfiles(
  filter: ProfileFilter,
  executor: Executor = db(),
): Promise<StoredProfile[]> {
  if (filter.versionIds.length === 0 || filter.features?.length === 0) return []
  const rows = await executor
    .select({ ...head, statistics: profiles.statistics })
    .from(profiles)
    .where(conditions(filter))
    .orderBy(...inOrder)
  return rows.map(withInstants)
}

/** The same rows with only one member of their statistics: what is stored is large, a list needs little of it. */
export async function profileHeads(
  filter: ProfileFilter,
  member: string,
  executor: Executor = db(),
): Promise<(Omit<StoredProfile, 'statistics'> & { member: unknown })[]> {
  if (filter.versionIds.length === 0 || filter.features?.length === 0) return []
  const rows = await executor
    .select({ ...head, member: sql<unknown>`${profiles.statistics} -> ${member}::text` })
    .from(profiles)
    .where(conditions(filter))
    .orderBy(...inOrder)
  return rows.map(withInstants)
}
