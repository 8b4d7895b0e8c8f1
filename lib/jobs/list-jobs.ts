import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { namesOf } from '@/lib/registry'
import type { JobResource, ListJobsQuery } from './operations'
import { countJobs, findJobs } from './queries'
import { serializeJob } from './serialize'

const looksLikeId = /^[0-9a-f]{32}$/

/** The jobs that the caller may see, newest first. Errors: invalid (cursor). */
export async function listJobs(
  ctx: Context,
  { limit = 50, cursor, ...filter }: Partial<ListJobsQuery>,
): Promise<{ data: JobResource[]; meta: { next_cursor: string | null; total: number } }> {
  if (cursor !== undefined && !looksLikeId.test(cursor))
    throw invalidField('/cursor', 'is not a cursor of this list', 'cursor')
  const rows = await findJobs(ctx, filter, { limit: limit + 1, before: cursor ?? null })
  const page = rows.slice(0, limit)
  const nameOf = await namesOf(page.map(({ createdBy }) => createdBy))
  return {
    data: page.map((row) => serializeJob(row, nameOf)),
    meta: {
      next_cursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
      total: await countJobs(ctx, filter),
    },
  }
}
