import { and, desc, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Executor } from '@/db/client'
import { jobs, teams, trainingDatasets, trainingDatasetVersions } from '@/db/schema'
import { decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'

/** What a dataset takes from: a group, a version of it, one of its features; or a service. */
type Used = { group: string; version?: number; feature?: string } | { service: string }

interface UsingDataset {
  name: string
  /** The newest version that takes from it. */
  version: number
  /** Names of its features; none where only the rows of a group are taken, and of a service. */
  features: string[]
  /** Of a service: the version that was taken. */
  serviceVersion: number | null
  team: string
}

/** What this room reads of the parts and the specification that lib/datasets writes. */
const partsSchema = z.array(
  z.object({ group: z.string(), version: z.int(), columns: z.array(z.object({ feature: z.string() })) }),
)
const specSchema = z.object({ feature_service: z.object({ version: z.int() }).nullish() })

function naming(used: Used): SQL {
  const { parts, spec } = trainingDatasetVersions
  if ('service' in used) return sql`${spec} -> 'feature_service' ->> 'name' = ${used.service}`
  const { feature, ...part } = used
  const wanted = [{ ...part, ...(feature === undefined ? {} : { columns: [{ feature }] }) }]
  return sql`${parts} @> ${JSON.stringify(wanted)}::jsonb`
}

/** A build that failed or was cancelled uses nothing. */
const isThere = or(ne(trainingDatasetVersions.state, 'building'), inArray(jobs.state, ['queued', 'running']))

function featuresOf(parts: unknown, used: Used): string[] {
  if ('service' in used) return []
  const own = partsSchema
    .parse(parts)
    .filter(
      ({ group, version }) =>
        group === used.group && (used.version === undefined || used.version === version),
    )
  const features = own.flatMap(({ columns }) => columns.map(({ feature }) => feature))
  return [...new Set(features)].filter((name) => used.feature === undefined || name === used.feature)
}

interface Found extends UsingDataset {
  facts: ResourceFacts
}

async function find(used: Used, executor: Executor): Promise<Found[]> {
  const rows = await executor
    .select({ dataset: trainingDatasets, version: trainingDatasetVersions, team: teams.name })
    .from(trainingDatasetVersions)
    .innerJoin(trainingDatasets, eq(trainingDatasets.id, trainingDatasetVersions.datasetId))
    .innerJoin(teams, eq(teams.id, trainingDatasets.ownerTeamId))
    .leftJoin(jobs, eq(jobs.id, trainingDatasetVersions.jobId))
    .where(and(naming(used), isThere))
    .orderBy(trainingDatasets.name, desc(trainingDatasetVersions.version))
  const newest = new Map<string, Found>()
  for (const { dataset, version, team } of rows) {
    if (newest.has(dataset.name)) continue
    const { id, name, ownerTeamId: teamId, classification } = dataset
    newest.set(name, {
      name,
      version: version.version,
      features: featuresOf(version.parts, used),
      serviceVersion:
        'service' in used ? (specSchema.parse(version.spec).feature_service?.version ?? null) : null,
      team,
      facts: { kind: 'dataset', id, name, teamId, team, classification, tags: [] },
    })
  }
  return [...newest.values()]
}

/**
 * The training datasets that take from a group, one of its features or a service, and that the asker may know of.
 * `hidden`: how many more there are. A dataset that takes only features outside `known` is not told of, nor counted.
 */
export async function datasetsUsing(
  ctx: Context,
  used: Used,
  known: readonly string[] | null,
  executor: Executor = db(),
): Promise<{ datasets: UsingDataset[]; hidden: number }> {
  const found = await find(used, executor)
  const candidates = found.flatMap((dataset) => {
    const features = dataset.features.filter((name) => known === null || known.includes(name))
    return features.length === 0 && dataset.features.length > 0 ? [] : [{ ...dataset, features }]
  })
  const datasets = candidates.flatMap(({ facts, ...dataset }) =>
    decide(ctx, 'catalog:describe', facts).allowed ? [dataset] : [],
  )
  return { datasets, hidden: candidates.length - datasets.length }
}
