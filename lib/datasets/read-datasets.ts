import { and, asc, count, desc, eq, ilike, or, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '@/db/client'
import { teams, trainingDatasets, trainingDatasetVersions } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { isoInstant, namesOf, offsetOf, pageOf } from '@/lib/registry'
import type { Page } from '@/lib/registry/operations'
import { clausesOf } from './certificate/words'
import { statisticsOf } from './column-statistics'
import type { listDatasetsQuery } from './operations'
import { describedDataset, describedVersion, versionsOf } from './queries'
import type {
  CertificateResource,
  DatasetResource,
  DatasetStatisticsResource,
  DatasetSummary,
  DatasetVersionResource,
} from './resources'
import { authorizeRead, describedParts } from './rights'
import { serializeVersion, statisticsResourceOf } from './serialize'
import { certified } from './state-guards'
import type { DatasetVersion } from './types'

type Query = z.output<typeof listDatasetsQuery>

const newest = sql<number>`(select max(${trainingDatasetVersions.version}) from ${trainingDatasetVersions} where ${trainingDatasetVersions.datasetId} = ${trainingDatasets.id})`
const newestRows = sql<number>`(select ${trainingDatasetVersions.rows} from ${trainingDatasetVersions} where ${trainingDatasetVersions.datasetId} = ${trainingDatasets.id} order by ${trainingDatasetVersions.version} desc limit 1)`

const orders: Record<Query['sort'], SQL[]> = {
  name: [asc(trainingDatasets.name)],
  '-name': [desc(trainingDatasets.name)],
  updated_at: [asc(trainingDatasets.updatedAt), asc(trainingDatasets.name)],
  '-updated_at': [desc(trainingDatasets.updatedAt), asc(trainingDatasets.name)],
  rows: [sql`${newestRows} asc nulls first`, asc(trainingDatasets.name)],
  '-rows': [sql`${newestRows} desc nulls last`, asc(trainingDatasets.name)],
  versions: [sql`${newest} asc`, asc(trainingDatasets.name)],
  '-versions': [sql`${newest} desc`, asc(trainingDatasets.name)],
}

const pattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function conditions(ctx: Context, { q, team, group, service }: Query): SQL | undefined {
  const naming = (parts: SQL) =>
    sql`exists (select 1 from ${trainingDatasetVersions} where ${trainingDatasetVersions.datasetId} = ${trainingDatasets.id} and ${parts})`
  return and(
    visible(ctx, { teamId: trainingDatasets.ownerTeamId, classification: trainingDatasets.classification }),
    q === undefined
      ? undefined
      : or(ilike(trainingDatasets.name, pattern(q)), ilike(trainingDatasets.description, pattern(q))),
    team === undefined ? undefined : eq(teams.name, team),
    group === undefined
      ? undefined
      : naming(sql`${trainingDatasetVersions.parts} @> ${JSON.stringify([{ group }])}::jsonb`),
    service === undefined
      ? undefined
      : naming(sql`${trainingDatasetVersions.spec} -> 'feature_service' ->> 'name' = ${service}`),
  )
}

const showOf = (versions: readonly DatasetVersion[]): DatasetVersion | undefined =>
  versions.find(({ state }) => state === 'ready') ?? versions[0]

/** Training datasets that the caller may know of. */
export async function listTrainingDatasets(ctx: Context, query: Query): Promise<Page<DatasetSummary>> {
  const offset = offsetOf(query.cursor)
  const where = conditions(ctx, query)
  const selected = () =>
    db()
      .select({ dataset: trainingDatasets, team: teams.name })
      .from(trainingDatasets)
      .innerJoin(teams, eq(teams.id, trainingDatasets.ownerTeamId))
      .where(where)
  const [rows, counted] = await Promise.all([
    selected()
      .orderBy(...orders[query.sort])
      .limit(query.limit)
      .offset(offset),
    db()
      .select({ total: count() })
      .from(trainingDatasets)
      .innerJoin(teams, eq(teams.id, trainingDatasets.ownerTeamId))
      .where(where),
  ])
  const versions = await versionsOf(rows.map(({ dataset }) => dataset.id))
  const nameOf = await namesOf(rows.map(({ dataset }) => dataset.createdBy))
  const data = rows.map(({ dataset, team }): DatasetSummary => {
    const own = versions.filter(({ datasetId }) => datasetId === dataset.id)
    const shown = showOf(own)
    return {
      name: dataset.name,
      description: dataset.description,
      owner_team: team,
      classification: dataset.classification,
      sample: dataset.sample,
      version: shown?.version ?? null,
      versions: own.length,
      state: shown?.state ?? null,
      rows: shown?.rows ?? null,
      columns: shown && shown.columns.length > 0 ? shown.columns.length : null,
      bytes: shown ? shown.files.reduce((total, { bytes }) => total + bytes, 0) : null,
      label: shown?.columns.find(({ role }) => role === 'label')?.name ?? null,
      certificate: shown?.certificate
        ? { holds: shown.certificate.holds, checked_at: shown.certificate.checked_at }
        : null,
      created_at: isoInstant(dataset.createdAt),
      created_by: nameOf(dataset.createdBy),
      updated_at: isoInstant(dataset.updatedAt),
    }
  })
  return pageOf(data, offset, query.limit, counted[0]?.total ?? 0)
}

const peopleOf = (versions: readonly DatasetVersion[]) =>
  versions
    .flatMap((one) => [one.createdBy, one.filesDeletedBy ?? '', one.verification?.by ?? ''])
    .filter(Boolean)

/** Errors: `not_found`, the same for a missing and a hidden dataset. */
export async function getTrainingDataset(ctx: Context, name: string): Promise<DatasetResource> {
  const { dataset, team } = await describedDataset(ctx, name)
  const versions = await versionsOf([dataset.id])
  const nameOf = await namesOf([dataset.createdBy, ...peopleOf(versions)])
  const shown = showOf(versions)
  return {
    name,
    description: dataset.description,
    owner_team: team,
    classification: dataset.classification,
    sample: dataset.sample,
    latest: shown ? serializeVersion(shown, await describedParts(ctx, shown.parts), nameOf) : null,
    versions: versions.map((one) => ({
      version: one.version,
      state: one.state,
      environment: one.environment,
      known_at: one.knownAt,
      rows: one.rows,
      content_hash: one.contentHash,
      job: one.jobId,
      certificate: one.certificate && {
        holds: one.certificate.holds,
        checked_at: one.certificate.checked_at,
      },
      created_at: one.createdAt,
      created_by: nameOf(one.createdBy),
    })),
    created_at: isoInstant(dataset.createdAt),
    created_by: nameOf(dataset.createdBy),
    updated_at: isoInstant(dataset.updatedAt),
  }
}

/** Errors: `not_found`. */
export async function getDatasetVersion(
  ctx: Context,
  name: string,
  version: number,
): Promise<DatasetVersionResource> {
  const found = await describedVersion(ctx, name, version)
  const nameOf = await namesOf(peopleOf([found]))
  return serializeVersion(found, await describedParts(ctx, found.parts), nameOf)
}

/** What was proved of a version, in numbers and in words. Errors: `not_found`, `conflict` while it is not built. */
export async function getCertificate(
  ctx: Context,
  name: string,
  version: number,
): Promise<CertificateResource> {
  const found = await describedVersion(ctx, name, version)
  const { certificate } = certified(found)
  const described = await describedParts(ctx, found.parts)
  const known = new Set(found.parts.flatMap(({ alias }, index) => (described[index] ? [alias] : [])))
  const parts = certificate.parts.filter(({ alias }) => known.has(alias))
  const { format: _, ...numbers } = certificate
  return {
    dataset: name,
    version,
    ...numbers,
    content_hash: found.contentHash,
    clauses: clausesOf({ ...certificate, parts }),
    parts,
    hidden_parts: certificate.parts.length - parts.length,
  }
}

/** Statistics of every column. Errors: `not_found`, `forbidden` naming a column's group, `conflict` before it is built. */
export async function getDatasetStatistics(
  ctx: Context,
  name: string,
  version: number,
  { int64AsString = false }: { int64AsString?: boolean } = {},
): Promise<DatasetStatisticsResource> {
  const found = await describedVersion(ctx, name, version)
  await authorizeRead({ ...ctx, environment: found.environment }, found)
  certified(found)
  const profiles = await statisticsOf(found)
  return {
    dataset: name,
    version,
    rows: found.rows ?? 0,
    columns: found.columns.map((column) =>
      statisticsResourceOf(column, profiles.get(column.name), int64AsString),
    ),
  }
}
