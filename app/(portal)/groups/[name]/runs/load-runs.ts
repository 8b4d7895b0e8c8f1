import { helpSentence } from '@/components/layout/not-ready'
import type { RunsPageProps } from '@/components/runs/runs-page'
import { decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { listTransformationRuns } from '@/lib/ingestion'
import { getSource, resolveVersion } from '@/lib/registry'

type Params = Record<string, string | string[] | undefined>

const sizes = [25, 50, 100, 200]

const textOf = (value: string | string[] | undefined) =>
  typeof value === 'string' && value !== '' ? value : null

function majorOf(params: Params): number | undefined {
  const text = textOf(params.version)
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}

/** Why the reader may not run it, and who can help; a run writes to both stores. */
function refusalOf(ctx: Context, facts: ResourceFacts): string | null {
  for (const action of ['group:write_offline', 'group:write_online'] as const) {
    const { allowed, rule, missing, whoCanHelp } = decide(ctx, action, facts)
    if (allowed) continue
    return `${rule} ${helpSentence({ action, resource: facts.name, rule, missing, who_can_help: whoCanHelp })}`
  }
  return null
}

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
  const { transformation } = version
  return {
    group,
    version: version.major,
    environment: ctx.environment,
    transformation: transformation && {
      sql: transformation.sql,
      inputs: await Promise.all(transformation.inputs.map((name) => inputOf(ctx, name))),
    },
    refusal: refusalOf(ctx, version.resource),
    page,
    cursor,
    limit,
  }
}
