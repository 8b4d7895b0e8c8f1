import { eq } from 'drizzle-orm'
import { withTransaction } from '@/db/client'
import { trainingDatasetVersions } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseEventTime } from '@/lib/core/feature-type'
import { EngineError, type History, historyOf } from '@/lib/offline'
import { enqueue } from '@/lib/queue'
import { resolveVersion } from '@/lib/registry'
import { contextOfVersion, type Progress, versionForJob } from './build-dataset'
import { certify } from './certificate/certify'
import { contentHash } from './content-hash'
import { filesFolder } from './folders'
import { describedVersion } from './queries'
import { pathsOf, typedColumns } from './relation'
import type { BuildResource } from './resources'
import { authorizeRead } from './rights'
import { certified, readable } from './state-guards'
import type { Certificate, DatasetVersion, Verification } from './types'
import { sha256OfFile } from './write-files'

/** Asks for a verification. Errors: not_found, forbidden, conflict when there are no files. */
export async function verifyTrainingDataset(
  ctx: Context,
  name: string,
  number: number,
): Promise<BuildResource> {
  await authorizeAtAll(ctx, 'dataset:read')
  const version = readable(await describedVersion(ctx, name, number))
  const own = contextOfVersion(ctx, version)
  const decision = await authorizeRead(own, version)
  const job = await withTransaction(async (tx) => {
    const id = await enqueue(tx, own, {
      kind: 'verify-dataset',
      input: { version_id: version.id },
      title: `Verify training dataset ${name}@${number}`,
      resource: { kind: 'dataset', name },
      environment: version.environment,
      once: `verify-dataset ${version.id}`,
    })
    await record(tx, own, {
      action: 'dataset:read',
      resource: { kind: 'dataset', name: `${name}@${number}` },
      decision,
      reason: 'verify',
      after: { job: id },
      environment: version.environment,
    })
    return id
  })
  return { dataset: name, version: number, job, state: 'ready' }
}

/** The histories of the joined parts as they are now. Errors: of resolving a version that is gone. */
async function historiesOf(ctx: Context, { parts }: DatasetVersion): Promise<History[]> {
  const histories: History[] = []
  for (const part of parts.filter(({ role }) => role !== 'spine')) {
    const version = await resolveVersion(ctx, { group: part.group, version: part.version }, ctx.environment)
    histories.push(await historyOf(version, true))
  }
  return histories
}

const sayOf = (error: unknown): string => {
  if (error instanceof DomainError) return error.message
  if (error instanceof EngineError && error.kind !== 'interrupted') return 'The files cannot be read.'
  throw error
}

async function filesFound(
  version: DatasetVersion,
  paths: string[],
  signal: AbortSignal,
): Promise<Verification['files']> {
  const found: Verification['files'] = []
  for (const [index, { name, sha256 }] of version.files.entries()) {
    const actual = await sha256OfFile(paths[index] ?? '', signal).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    found.push({ name, expected: sha256, found: actual, equal: actual === sha256 })
  }
  return found
}

interface Findings {
  hash: string | null
  certificate: Certificate | null
  said: string[]
}

/** Content and certificate; what cannot be found out any more is said in words. */
async function findings(
  ctx: Context,
  version: DatasetVersion,
  paths: string[],
  progress: Progress,
): Promise<Findings> {
  const columns = typedColumns(version.columns)
  const said: string[] = []
  await progress(1, 3, 'Hashing the content')
  const hash = await contentHash(paths, columns, ctx.signal).catch((error: unknown) => {
    said.push(sayOf(error))
    return null
  })
  await progress(2, 3, 'Asking the history for evidence')
  if (hash === null) return { hash, certificate: null, said }
  const input = {
    paths,
    columns,
    timestampColumn: version.spec.timestamp_column,
    parts: version.parts,
    knownAtMicros: parseEventTime(version.knownAt) ?? 0n,
    leftOut: version.leftOut ?? 0,
  }
  const certificate = await historiesOf(ctx, version)
    .then((histories) => certify(ctx, { ...input, histories }))
    .catch((error: unknown) => {
      said.push(`The history cannot be asked any more: ${sayOf(error)}`)
      return null
    })
  return { hash, certificate, said }
}

function differencesOf(
  version: DatasetVersion,
  files: Verification['files'],
  { hash, certificate, said }: Findings,
): string[] {
  const bytes = files
    .filter(({ equal }) => !equal)
    .map(({ name, found }) =>
      found === null ? `${name} is missing.` : `${name} holds other bytes than it was made with.`,
    )
  const content =
    hash === version.contentHash || hash === null
      ? []
      : [`The content is another one: ${hash} instead of ${version.contentHash}.`]
  const evidence = certificate && !certificate.holds ? ['The certificate no longer holds.'] : []
  return [...bytes, ...content, ...evidence, ...said]
}

/** The job: hashes files and content, and asks the history again; what it finds is kept, good or bad. */
export async function runVerification(
  asker: Context,
  versionId: string,
  progress: Progress,
): Promise<Verification> {
  const version = certified(readable(await versionForJob(versionId)))
  const ctx = contextOfVersion(asker, version)
  await authorizeRead(ctx, version)
  const paths = pathsOf(filesFolder(version.name, version.version), version.files)
  await progress(0, 3, 'Hashing the files')
  const files = await filesFound(version, paths, ctx.signal)
  const found = await findings(ctx, version, paths, progress)
  const differences = differencesOf(version, files, found)
  const verification: Verification = {
    at: ctx.now().toISOString(),
    by: ctx.actor.id,
    equal: differences.length === 0,
    files,
    content_hash: {
      expected: version.contentHash,
      found: found.hash,
      equal: found.hash === version.contentHash,
    },
    certificate: found.certificate,
    differences,
  }
  await withTransaction((tx) =>
    tx
      .update(trainingDatasetVersions)
      .set({ verification: { ...verification } })
      .where(eq(trainingDatasetVersions.id, version.id)),
  )
  await progress(3, 3, verification.equal ? 'Equal' : 'Different')
  return verification
}
