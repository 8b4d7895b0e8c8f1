import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { trainingDatasets, trainingDatasetVersions } from '@/db/schema'
import { authorize, record } from '@/lib/audit'
import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseEventTime } from '@/lib/core/feature-type'
import { countText } from '@/lib/core/number-text'
import { type Edge, recordEdge } from '@/lib/edges'
import type { ColumnProfile, History } from '@/lib/offline'
import { countReads } from '@/lib/usage'
import { certify } from './certificate/certify'
import { clausesOf } from './certificate/words'
import { countColumns, saveStatistics } from './column-statistics'
import { contentHash } from './content-hash'
import { writeDatasetDocument } from './document'
import { planDataset } from './plan-dataset'
import { type Prepared, partsOf, prepare } from './prepare'
import { versionById } from './queries'
import { typedColumns } from './relation'
import { keptSpineSource } from './spine/spine-source'
import type { Certificate, DatasetColumn, DatasetFile, DatasetPart, DatasetVersion } from './types'
import { discardFiles, publishing, type WrittenFiles, writeFiles } from './write-files'

export type Progress = (done: number, total: number | null, message: string) => Promise<void>

/** One made set of files with all that is said about it; not published yet. */
export interface BuiltFiles {
  written: WrittenFiles
  columns: DatasetColumn[]
  parts: DatasetPart[]
  rows: number
  leftOut: number
  certificate: Certificate
  contentHash: string
  histories: History[]
}

const steps = 5

/** A version, as whoever asked for its job may see it in its own environment. Errors: not_found. */
export async function versionForJob(id: string): Promise<DatasetVersion> {
  const version = await versionById(id)
  if (!version) throw new DomainError('not_found', 'The training dataset is gone.')
  return version
}

/** A job acts in the environment and for the purpose that were stated when it was asked for. */
export const contextOfVersion = (ctx: Context, { environment, spec }: DatasetVersion): Context => ({
  ...ctx,
  environment,
  purpose: spec.purpose ?? ctx.purpose,
})

/** Plans anew from what is pinned, so that rights are those of now. */
async function prepared(ctx: Context, version: DatasetVersion) {
  const { spec } = version
  const { features, full_feature_names, join_keys, timestamp_column, label } = spec
  const plan = await planDataset(
    ctx,
    { features, full_feature_names, join_keys, timestamp_column, label },
    false,
  )
  const source = await keptSpineSource(ctx, version)
  const knownAtMicros = parseEventTime(version.knownAt) ?? 0n
  const input = {
    plan,
    source,
    timestampColumn: spec.timestamp_column,
    knownAtMicros,
    split: spec.split,
    sample: null,
  }
  return {
    ready: await prepare(ctx, input),
    parts: await partsOf(plan, source, knownAtMicros),
    knownAtMicros,
  }
}

async function evidence(
  ctx: Context,
  version: DatasetVersion,
  { ready, parts, knownAtMicros }: { ready: Prepared; parts: DatasetPart[]; knownAtMicros: bigint },
  written: WrittenFiles,
): Promise<Certificate> {
  const certificate = await certify(ctx, {
    paths: written.paths,
    columns: typedColumns(ready.columns),
    timestampColumn: version.spec.timestamp_column,
    parts,
    histories: ready.histories,
    knownAtMicros,
    leftOut: ready.bound.leftOut,
  })
  if (certificate.holds && certificate.rows === ready.bound.spine.rows) return certificate
  const broken = clausesOf(certificate).flatMap(({ holds, text }) => (holds ? [] : [text]))
  throw new DomainError(
    'conflict',
    `What was joined does not agree with the history, so nothing was published; this is a defect of the portal. ${broken.join(' ')}`,
    { extensions: { certificate } },
  )
}

/** Computes a version's files into its working folder. Errors: as of a historical read; `conflict` without a certificate. */
export async function makeFiles(
  ctx: Context,
  version: DatasetVersion,
  progress: Progress,
): Promise<BuiltFiles> {
  await progress(0, steps, 'Reading the spine')
  const made = await prepared(ctx, version)
  const { ready } = made
  try {
    await progress(1, steps, `Joining ${countText(ready.bound.spine.rows)} rows`)
    const written = await writeFiles(ready, version, ctx.signal)
    await progress(2, steps, 'Asking the history for evidence')
    const certificate = await evidence(ctx, version, made, written)
    await progress(3, steps, 'Hashing the content')
    const hash = await contentHash(written.paths, typedColumns(ready.columns), ctx.signal)
    return {
      written,
      columns: ready.columns,
      parts: made.parts,
      rows: ready.bound.spine.rows,
      leftOut: ready.bound.leftOut,
      certificate,
      contentHash: hash,
      histories: ready.histories,
    }
  } finally {
    await ready.dispose()
  }
}

function edgesOfVersion({ name, spec }: DatasetVersion, parts: readonly DatasetPart[]): Edge[] {
  const to = { kind: 'dataset' as const, name }
  const relation = 'selected_by'
  const groups = [...new Set(parts.map(({ group }) => group))]
  return [
    ...groups.map((group) => ({ from: { kind: 'group' as const, name: group }, to, relation })),
    ...parts.flatMap(({ group, columns }) =>
      columns.map(({ feature }) => ({
        from: { kind: 'feature' as const, name: `${group}:${feature}` },
        to,
        relation,
      })),
    ),
    ...(spec.feature_service
      ? [{ from: { kind: 'service' as const, name: spec.feature_service.name }, to, relation }]
      : []),
    ...(spec.spine.kind === 'dataset' && spec.spine.dataset !== name
      ? [{ from: { kind: 'dataset' as const, name: spec.spine.dataset }, to, relation: 'spine_of' }]
      : []),
  ]
}

async function saveVersion(
  tx: Transaction,
  ctx: Context,
  version: DatasetVersion,
  built: BuiltFiles,
  profiles: ColumnProfile[],
): Promise<void> {
  const at = ctx.now().toISOString()
  const { written, parts, columns, rows, leftOut, certificate } = built
  const files: DatasetFile[] = written.files
  await tx
    .update(trainingDatasetVersions)
    .set({
      state: 'ready',
      parts: parts.map((part) => ({ ...part })),
      columns: columns.map((column) => ({ ...column })),
      files: files.map((file) => ({ ...file })),
      rows,
      leftOut,
      certificate: { ...certificate },
      contentHash: built.contentHash,
      finishedAt: at,
    })
    .where(eq(trainingDatasetVersions.id, version.id))
  await tx.update(trainingDatasets).set({ updatedAt: at }).where(eq(trainingDatasets.id, version.datasetId))
  await writeDatasetDocument(tx, version.datasetId, ctx.now())
  await saveStatistics(tx, version, profiles)
  for (const edge of edgesOfVersion(version, parts))
    await recordEdge(tx, { ...edge, author: ctx.actor.id, at: ctx.now() })
}

const recordBuild = (
  tx: Transaction,
  ctx: Context,
  version: DatasetVersion,
  built: BuiltFiles,
  decision: Decision,
) =>
  record(tx, ctx, {
    action: 'dataset:create',
    resource: { kind: 'dataset', name: `${version.name}@${version.version}` },
    decision,
    environment: version.environment,
    after: {
      rows: built.rows,
      left_out: built.leftOut,
      content_hash: built.contentHash,
      known_at: version.knownAt,
      groups: built.parts.map(({ group, version: major, role, columns }) => ({
        group,
        version: major,
        role,
        columns: columns.map(({ feature }) => feature),
      })),
    },
  })

function countUse(ctx: Context, { environment }: DatasetVersion, { parts, rows }: BuiltFiles): void {
  const targets = parts.flatMap(({ group, version, columns }) =>
    columns.map(({ feature }) => ({ groupName: group, version, feature, environment })),
  )
  countReads(ctx.actor, 'offline', targets, rows, ctx.now().getTime())
}

/** What a build answers in its job. */
export interface BuildResult {
  dataset: string
  version: number
  rows: number
  left_out: number
  content_hash: string
}

/**
 * The job behind a new version: joins, proves, counts, hashes, and publishes all of it in one step. A build that
 * fails or is cancelled leaves no file. Errors: as of a historical read.
 */
export async function buildDataset(
  asker: Context,
  versionId: string,
  progress: Progress,
): Promise<BuildResult> {
  const version = await versionForJob(versionId)
  const ctx = contextOfVersion(asker, version)
  try {
    const built = await makeFiles(ctx, version, progress)
    await progress(4, steps, 'Counting statistics')
    const whole = join(built.written.folder, 'statistics.parquet')
    const profiles = await countColumns(built.written.paths, built.columns, whole, ctx.signal)
    await rm(whole, { force: true })
    const decision = await authorize(ctx, 'dataset:create', { ...version.facts, classification: 'internal' })
    ctx.signal.throwIfAborted()
    await publishing(version, () =>
      withTransaction(async (tx) => {
        await saveVersion(tx, ctx, version, built, profiles)
        await recordBuild(tx, ctx, version, built, decision)
      }),
    )
    countUse(ctx, version, built)
    await progress(steps, steps, 'Done')
    const { name: dataset, version: number } = version
    const { rows, leftOut, contentHash: hash } = built
    return { dataset, version: number, rows, left_out: leftOut, content_hash: hash }
  } finally {
    await discardFiles(version)
  }
}
