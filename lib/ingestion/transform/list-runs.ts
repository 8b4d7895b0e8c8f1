import { authorize, authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { isoOfDatabaseTime } from '@/lib/online'
import { resolveVersion } from '@/lib/registry'
import { jobsOf } from './transformation-jobs'

const most = 200

interface TransformationRunRecord {
  job: string
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'
  /** Event times later than `from`, up to `to`. */
  from: string
  to: string
  rows: number | null
  commit: string | null
  error: string | null
  started_at: string | null
  finished_at: string | null
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const instant = (value: string | null) => (value === null ? null : isoOfDatabaseTime(value))

/** Runs of a group's transformation, newest first. Errors: forbidden, not_found. */
export async function listTransformationRuns(
  ctx: Context,
  { group, limit = 50 }: { group: string; limit?: number },
): Promise<TransformationRunRecord[]> {
  await authorizeAtAll(ctx, 'group:read_statistics')
  const version = await resolveVersion(ctx, { group })
  await authorize(ctx, 'group:read_statistics', version.resource)
  const rows = await jobsOf(version, Math.min(limit, most))
  return rows.map(({ id, state, input, result, error, startedAt, finishedAt }) => ({
    job: id,
    state,
    from: text(input.from) ?? '',
    to: text(input.to) ?? '',
    rows: typeof result?.rows === 'number' ? result.rows : null,
    commit: text(result?.commit),
    error,
    started_at: instant(startedAt),
    finished_at: instant(finishedAt),
  }))
}
