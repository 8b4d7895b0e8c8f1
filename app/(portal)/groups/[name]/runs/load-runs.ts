import type { RunsPageProps } from '@/components/runs/runs-page'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { getCoverage, getTransformation, listTransformationRuns } from '@/lib/ingestion'
import { getSource, resolveVersion } from '@/lib/registry'
import { majorOf, refusalOf, textOf } from './may-run'

type Params = Record<string, string | string[] | undefined>
type Version = Awaited<ReturnType<typeof resolveVersion>>

const sizes = [25, 50, 100, 200]

/** An input is a data source, else a feature group. */
async function inputOf(ctx: Context, name: string): Promise<{ name: string; href: string }> {
  try {
    await getSource(ctx, name)
    return { name, href: `/sources/${encodeURIComponent(name)}` }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { name, href: `/groups/${encodeURIComponent(name)}` }
  }
}

async function definitionOf(ctx: Context, version: Version): Promise<RunsPageProps['transformation']> {
  const { transformation, groupName: group, major } = version
  if (!transformation) return null
  const of = { group, version: major }
  const [inputs, status, coverage] = await Promise.all([
    Promise.all(transformation.inputs.map((name) => inputOf(ctx, name))),
    getTransformation(ctx, of),
    getCoverage(ctx, of),
  ])
  const tests = (transformation.tests ?? []).map(({ name, description }) => ({
    name,
    description: description ?? null,
  }))
  return { sql: transformation.sql, inputs, tests, status, coverage }
}

/** The runs of a version's transformation. Errors: `not_found`, `forbidden`. */
export async function loadRuns(ctx: Context, group: string, params: Params): Promise<RunsPageProps> {
  const major = majorOf(params)
  const version = await resolveVersion(ctx, { group, ...(major === undefined ? {} : { version: major }) })
  const limit = sizes.find((size) => size === Number(textOf(params.limit))) ?? 50
  const cursor = textOf(params.cursor)
  const page = await listTransformationRuns(ctx, {
    group,
    version: version.major,
    limit,
    ...(cursor === null ? {} : { cursor }),
  })
  return {
    place: { group, version: version.major, environment: ctx.environment },
    transformation: await definitionOf(ctx, version),
    refusal: refusalOf(ctx, version.resource),
    page,
    cursor,
    limit,
    today: ctx.now().toISOString().slice(0, 10),
  }
}
