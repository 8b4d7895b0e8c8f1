import type { RunPageProps } from '@/components/runs/run-page'
import type { Context } from '@/lib/core/context'
import { getTransformationRun } from '@/lib/ingestion'
import { resolveVersion } from '@/lib/registry'
import { majorOf, refusalOf } from '../may-run'

type Params = Record<string, string | string[] | undefined>

/** One run of a version's transformation. Errors: `not_found`, `forbidden`. */
export async function loadRun(
  ctx: Context,
  { group, job }: { group: string; job: string },
  params: Params,
): Promise<RunPageProps> {
  const major = majorOf(params)
  const version = await resolveVersion(ctx, { group, ...(major === undefined ? {} : { version: major }) })
  return {
    place: { group, version: version.major, environment: ctx.environment },
    run: await getTransformationRun(ctx, { group, version: version.major, job }),
    mayRun: version.transformation !== null && refusalOf(ctx, version.resource) === null,
  }
}
