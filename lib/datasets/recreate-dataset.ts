import { and, eq, sql } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { trainingDatasetVersions } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { enqueue } from '@/lib/queue'
import { type BuildResult, contextOfVersion, makeFiles, type Progress, versionForJob } from './build-dataset'
import { partHistory } from './part-history'
import { planDataset } from './plan-dataset'
import { describedVersion } from './queries'
import type { BuildResource } from './resources'
import { authorizeChange } from './rights'
import { keptSpineSource } from './spine/spine-source'
import { certified } from './state-guards'
import type { DatasetPart, DatasetVersion } from './types'
import { discardFiles, publishing } from './write-files'

const unchanged = (a: DatasetPart['history'], b: DatasetPart['history']) =>
  a.digest === b.digest && a.rows === b.rows

/** What of the history is no longer as it was, in words; empty when all is. */
async function lostHistory({ parts, environment, knownAt }: DatasetVersion): Promise<string[]> {
  const lost: string[] = []
  for (const part of parts) {
    const now = await partHistory(part.version_id, environment, knownAt)
    if (unchanged(part.history, now)) continue
    lost.push(
      `${part.group}@${part.version} had ${part.history.commits} commits with ${part.history.rows} rows by then, and has ${now.commits} with ${now.rows} of them now`,
    )
  }
  return lost
}

const cannot = ({ name, version }: DatasetVersion, why: string) =>
  new DomainError('conflict', `${name}@${version} cannot be made again: ${why}.`)

/** Everything that says no before anything is computed. */
async function requireHistory(ctx: Context, version: DatasetVersion): Promise<void> {
  const { features, full_feature_names, join_keys, timestamp_column, label } = version.spec
  try {
    await planDataset(ctx, { features, full_feature_names, join_keys, timestamp_column, label }, false)
    await keptSpineSource(ctx, version)
  } catch (error) {
    if (error instanceof DomainError && ['not_found', 'gone', 'invalid'].includes(error.code)) {
      throw cannot(version, error.message.replace(/\.$/, ''))
    }
    throw error
  }
  const lost = await lostHistory(version)
  if (lost.length > 0) throw cannot(version, lost.join('; '))
}

/**
 * Asks for deleted files to be made again. Errors: not_found, forbidden; conflict when they are there, were never
 * made, or when the history no longer allows it, saying why.
 */
export async function recreateTrainingDataset(
  ctx: Context,
  name: string,
  number: number,
): Promise<BuildResource> {
  await authorizeAtAll(ctx, 'dataset:create')
  const version = certified(await describedVersion(ctx, name, number))
  const own = contextOfVersion(ctx, version)
  const decision = await authorizeChange(own, version.facts, version.createdBy)
  if (version.state !== 'deleted')
    throw new DomainError('conflict', `The files of ${name}@${number} are there.`)
  await requireHistory(own, version)
  const job = await withTransaction(async (tx) => {
    const id = await enqueue(tx, own, {
      kind: 'recreate-dataset',
      input: { version_id: version.id },
      title: `Make the files of training dataset ${name}@${number} again`,
      resource: { kind: 'dataset', name },
      environment: version.environment,
      once: `recreate-dataset ${version.id}`,
    })
    await tx
      .update(trainingDatasetVersions)
      .set({ jobId: id })
      .where(eq(trainingDatasetVersions.id, version.id))
    await record(tx, own, {
      action: 'dataset:create',
      resource: { kind: 'dataset', name: `${name}@${number}` },
      decision,
      reason: 'recreate',
      after: { job: id },
      environment: version.environment,
    })
    return id
  })
  return { dataset: name, version: number, job, state: 'deleted' }
}

async function restore(
  tx: Transaction,
  version: DatasetVersion,
  files: DatasetVersion['files'],
): Promise<void> {
  const rows = await tx
    .update(trainingDatasetVersions)
    .set({
      state: 'ready',
      files: files.map((file) => ({ ...file })),
      filesDeletedAt: null,
      filesDeletedBy: null,
      filesDeletedReason: null,
      revision: sql`${trainingDatasetVersions.revision} + 1`,
    })
    .where(and(eq(trainingDatasetVersions.id, version.id), eq(trainingDatasetVersions.state, 'deleted')))
    .returning({ id: trainingDatasetVersions.id })
  if (rows.length === 0)
    throw new DomainError('conflict', `The files of ${version.name}@${version.version} are there.`)
}

/** The job: the same content hash, or nothing. Errors: conflict when the content would be another one. */
export async function runRecreation(
  asker: Context,
  versionId: string,
  progress: Progress,
): Promise<BuildResult> {
  const version = certified(await versionForJob(versionId))
  const ctx = contextOfVersion(asker, version)
  try {
    await requireHistory(ctx, version)
    const built = await makeFiles(ctx, version, progress)
    if (built.contentHash !== version.contentHash) {
      throw cannot(version, `its content would be ${built.contentHash} and not ${version.contentHash}`)
    }
    ctx.signal.throwIfAborted()
    await publishing(version, () => withTransaction((tx) => restore(tx, version, built.written.files)))
    const { name: dataset, version: number, rows, leftOut, contentHash } = version
    return { dataset, version: number, rows: rows ?? 0, left_out: leftOut ?? 0, content_hash: contentHash }
  } finally {
    await discardFiles(version)
  }
}
