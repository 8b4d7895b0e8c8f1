import { authorize, authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { namesOf, resolveVersion, type ServingVersion } from '@/lib/registry'
import type { ListRunsQuery, TransformationRunDetail, TransformationRunResource } from '../operations'
import { decodeCursor, encodeCursor, type Page } from '../page'
import { computedBy, runDetail, runResource } from './run-resource'
import { countJobs, findRun, jobsOf } from './transformation-jobs'

interface RunsOf {
  group: string
  version?: number | undefined
}

/** A version whose runs the caller may see. Errors: forbidden, not_found. */
export async function readableVersion(
  ctx: Context,
  { group, version: major }: RunsOf,
): Promise<ServingVersion> {
  await authorizeAtAll(ctx, 'group:read_statistics')
  const version = await resolveVersion(ctx, { group, ...(major === undefined ? {} : { version: major }) })
  await authorize(ctx, 'group:read_statistics', version.resource)
  return version
}

/** Runs of a group's transformation in the context's environment, newest first. Errors: forbidden, not_found. */
export async function listTransformationRuns(
  ctx: Context,
  { limit = 50, cursor, ...of }: RunsOf & Partial<ListRunsQuery>,
): Promise<Page<TransformationRunResource>> {
  const version = await readableVersion(ctx, of)
  const rows = await jobsOf(version, { limit: limit + 1, before: decodeCursor(cursor, /^[0-9a-f]{32}$/) })
  const page = rows.slice(0, limit)
  const [nameOf, computed] = await Promise.all([
    namesOf(page.map(({ createdBy }) => createdBy)),
    computedBy(page.map(({ id }) => id)),
  ])
  const last = page.at(-1)
  return {
    data: page.map((row) => runResource(row, computed.get(row.id), nameOf)),
    meta: {
      next_cursor: rows.length > limit && last ? encodeCursor(last.id) : null,
      total: await countJobs(version),
    },
  }
}

/** One run of a group's transformation, with its windows and its log. Errors: forbidden, not_found. */
export async function getTransformationRun(
  ctx: Context,
  { job, ...of }: RunsOf & { job: string },
): Promise<TransformationRunDetail> {
  const version = await readableVersion(ctx, of)
  const row = await findRun(version, job)
  if (!row) throw notFound(`Run ${job} of ${version.groupName}@${version.major}`)
  return runDetail(row, await namesOf([row.createdBy]))
}
