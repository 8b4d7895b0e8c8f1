import { and, desc, eq, inArray } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { jobs, teams, trainingDatasets, trainingDatasetVersions } from '@/db/schema'
import { decide, missing, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { namePattern } from '@/lib/core/names'
import { isoInstant, parseGroupReference } from '@/lib/registry'
import type { DatasetVersion, VersionState } from './types'

export interface DatasetRow {
  dataset: typeof trainingDatasets.$inferSelect
  team: string
}

export const datasetFacts = ({ dataset, team }: DatasetRow): ResourceFacts => ({
  kind: 'dataset',
  id: dataset.id,
  name: dataset.name,
  teamId: dataset.ownerTeamId,
  team,
  classification: dataset.classification,
  tags: [],
})

export async function findDataset(name: string, executor: Executor = db()): Promise<DatasetRow | null> {
  if (!namePattern.test(name)) return null
  const [row] = await executor
    .select({ dataset: trainingDatasets, team: teams.name })
    .from(trainingDatasets)
    .innerJoin(teams, eq(teams.id, trainingDatasets.ownerTeamId))
    .where(eq(trainingDatasets.name, name))
  return row ?? null
}

/** The dataset, or the 404 that a missing and a hidden one share. */
export async function describedDataset(ctx: Context, name: string): Promise<DatasetRow> {
  const row = await findDataset(name)
  if (!row || !decide(ctx, 'catalog:describe', datasetFacts(row)).allowed) throw missing('dataset', name)
  return row
}

const selectVersions = (executor: Executor) =>
  executor
    .select({
      version: trainingDatasetVersions,
      dataset: trainingDatasets,
      team: teams.name,
      jobState: jobs.state,
      jobError: jobs.error,
    })
    .from(trainingDatasetVersions)
    .innerJoin(trainingDatasets, eq(trainingDatasets.id, trainingDatasetVersions.datasetId))
    .innerJoin(teams, eq(teams.id, trainingDatasets.ownerTeamId))
    .leftJoin(jobs, eq(jobs.id, trainingDatasetVersions.jobId))

type SelectedVersion = Awaited<ReturnType<typeof selectVersions>>[number]

const instantOrNull = (text: string | null) => (text === null ? null : isoInstant(text))

/** A build that ended without a result is known by its job. */
function stateOf({ version, jobState }: SelectedVersion): VersionState {
  if (version.state !== 'building') return version.state
  return jobState === 'failed' || jobState === 'cancelled' ? jobState : 'building'
}

/** The JSON columns are written by this room alone, in exactly the shapes of `types.ts`. */
const stored = <T>(value: unknown): T => value as T

function versionOf(row: SelectedVersion): DatasetVersion {
  const { version } = row
  return {
    id: version.id,
    datasetId: version.datasetId,
    name: row.dataset.name,
    version: version.version,
    environment: version.environment,
    state: stateOf(row),
    knownAt: isoInstant(version.knownAt),
    spec: stored(version.spec),
    parts: stored(version.parts),
    jobId: version.jobId,
    jobError: row.jobState === 'failed' ? row.jobError : null,
    rows: version.rows,
    leftOut: version.leftOut,
    contentHash: version.contentHash,
    columns: stored(version.columns ?? []),
    files: stored(version.files),
    certificate: stored(version.certificate),
    verification: stored(version.verification),
    revision: version.revision,
    filesDeletedAt: instantOrNull(version.filesDeletedAt),
    filesDeletedBy: version.filesDeletedBy,
    filesDeletedReason: version.filesDeletedReason,
    createdBy: version.createdBy,
    createdAt: isoInstant(version.createdAt),
    finishedAt: instantOrNull(version.finishedAt),
    facts: {
      ...datasetFacts({ dataset: row.dataset, team: row.team }),
      classification: version.classification,
    },
  }
}

/** Newest first, whoever asks. */
export async function versionsOf(datasetIds: string[], executor: Executor = db()): Promise<DatasetVersion[]> {
  if (datasetIds.length === 0) return []
  const rows = await selectVersions(executor)
    .where(inArray(trainingDatasetVersions.datasetId, datasetIds))
    .orderBy(desc(trainingDatasetVersions.version))
  return rows.map(versionOf)
}

export async function versionById(id: string, executor: Executor = db()): Promise<DatasetVersion | null> {
  const [row] = await selectVersions(executor).where(eq(trainingDatasetVersions.id, id))
  return row ? versionOf(row) : null
}

/** Errors: not_found, of the dataset as for a missing one, or of the version. */
export async function describedVersion(ctx: Context, name: string, version: number): Promise<DatasetVersion> {
  const { dataset } = await describedDataset(ctx, name)
  const [row] = await selectVersions(db()).where(
    and(eq(trainingDatasetVersions.datasetId, dataset.id), eq(trainingDatasetVersions.version, version)),
  )
  if (!row) throw notFound(`Training dataset ${name}@${version}`)
  return versionOf(row)
}

/** `name` (its newest version that is there) or `name@2`. Errors: not_found. */
export async function referencedVersion(ctx: Context, reference: string): Promise<DatasetVersion> {
  const parsed = parseGroupReference(reference)
  if (!parsed) throw missing('dataset', reference.slice(0, 100))
  if (parsed.version !== null) return describedVersion(ctx, parsed.group, parsed.version)
  const { dataset } = await describedDataset(ctx, parsed.group)
  const found = (await versionsOf([dataset.id])).find(({ state }) => state === 'ready')
  if (!found) throw notFound(`A version of training dataset ${parsed.group} that has files`)
  return found
}
