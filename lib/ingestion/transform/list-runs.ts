import { authorize, authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { isoOfDatabaseTime } from '@/lib/online'
import { namesOf, resolveVersion } from '@/lib/registry'
import type { ListRunsQuery, TransformationRunResource } from '../operations'
import { decodeCursor, encodeCursor, type Page } from '../page'
import { countJobs, jobsOf } from './transformation-jobs'

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const instant = (value: string | null) => (value === null ? null : isoOfDatabaseTime(value))

/** Runs of a group's transformation in the context's environment, newest first. Errors: forbidden, not_found. */
export async function listTransformationRuns(
  ctx: Context,
  { group, version: major, limit = 50, cursor }: { group: string } & Partial<ListRunsQuery>,
): Promise<Page<TransformationRunResource>> {
  await authorizeAtAll(ctx, 'group:read_statistics')
  const version = await resolveVersion(ctx, { group, ...(major === undefined ? {} : { version: major }) })
  await authorize(ctx, 'group:read_statistics', version.resource)
  const rows = await jobsOf(version, { limit: limit + 1, before: decodeCursor(cursor, /^[0-9a-f]{32}$/) })
  const page = rows.slice(0, limit)
  const nameOf = await namesOf(page.map(({ createdBy }) => createdBy))
  const last = page.at(-1)
  return {
    data: page.map(({ id, state, input, result, error, createdBy, startedAt, finishedAt }) => ({
      job: id,
      state,
      from: text(input.from) ?? '',
      to: text(input.to) ?? '',
      rows: typeof result?.rows === 'number' ? result.rows : null,
      commit: text(result?.commit),
      error,
      by: nameOf(createdBy),
      started_at: instant(startedAt),
      finished_at: instant(finishedAt),
    })),
    meta: {
      next_cursor: rows.length > limit && last ? encodeCursor(last.id) : null,
      total: await countJobs(version),
    },
  }
}
