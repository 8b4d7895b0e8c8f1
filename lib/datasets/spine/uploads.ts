import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { and, eq, gt, lte } from 'drizzle-orm'
import { db, type Transaction, withTransaction } from '@/db/client'
import { spineUploads } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import { mayEver } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { DomainError, invalidField, notFound } from '@/lib/core/errors'
import { formatFeatureType } from '@/lib/core/feature-type'
import { newId } from '@/lib/core/ids'
import { isStorableText } from '@/lib/core/text'
import { utf8File } from '@/lib/core/utf8'
import {
  arrowToParquet,
  type FileFormat,
  type InferredFile,
  keepNanoseconds,
  offlineStore,
} from '@/lib/offline'
import { uploadsFolder } from '../folders'
import type { SpineUploadResource } from '../resources'

const keptHours = 24

/** Arrow becomes Parquet as it arrives, which the engine reads. */
type SentFormat = FileFormat | 'arrow'

const formats = new Map<string, SentFormat>([
  ['application/vnd.apache.arrow.stream', 'arrow'],
  ['application/vnd.apache.arrow.file', 'arrow'],
  ['text/csv', 'csv'],
  ['application/csv', 'csv'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  ['application/vnd.apache.parquet', 'parquet'],
  ['application/x-parquet', 'parquet'],
])

export interface UploadInput {
  contentType: string
  /** What people call the file. */
  name: string | undefined
  bytes: AsyncIterable<Uint8Array>
}

/** For whoever may read history or build datasets: rows sent ahead serve both, and touch nobody's data. */
const authorizeSpine = async (ctx: Context): Promise<void> => {
  if (!mayEver(ctx, 'dataset:create')) await authorizeAtAll(ctx, 'group:read_offline')
}

/** Files that nobody used in time. */
async function sweep(now: Date): Promise<void> {
  const expired = await db()
    .delete(spineUploads)
    .where(lte(spineUploads.expiresAt, now.toISOString()))
    .returning({ path: spineUploads.path })
  for (const { path } of expired) await rm(join(env().home, path), { force: true })
}

async function save(path: string, format: SentFormat, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  if (format === 'arrow') {
    await arrowToParquet(bytes, `${path}.part`)
    await keepNanoseconds(`${path}.part`)
    return rename(`${path}.part`, path)
  }
  // The engine does not survive every text that is not UTF-8.
  const checked = format === 'parquet' ? bytes : utf8File(bytes)
  await pipeline(Readable.from(checked), createWriteStream(`${path}.part`, { flags: 'wx' }))
  if (format === 'parquet') await keepNanoseconds(`${path}.part`)
  await rename(`${path}.part`, path)
}

const resourceOf = (
  id: string,
  name: string,
  bytes: number,
  inferred: InferredFile,
  expiresAt: string,
): SpineUploadResource => ({
  upload: id,
  name,
  bytes,
  rows: inferred.rows,
  columns: inferred.columns.map((column) => ({
    name: column.name,
    type: formatFeatureType(column.type),
    nulls: column.nulls,
    examples: column.examples,
  })),
  timestamp_column: inferred.eventTimeColumn,
  expires_at: expiresAt,
})

/**
 * Keeps a file of keys and times for a day, for a preview, a dataset or a historical read by the same caller. `keep` is
 * called in the transaction that names it. Errors: unsupported_media_type, not_parseable, too_large, forbidden.
 */
export async function uploadSpine(
  ctx: Context,
  input: UploadInput,
  keep: (tx: Transaction, kept: SpineUploadResource) => Promise<void> = async () => {},
): Promise<SpineUploadResource> {
  await authorizeSpine(ctx)
  const sent = formats.get(input.contentType)
  if (!sent) {
    throw new DomainError(
      'unsupported_media_type',
      `A spine is text/csv, application/x-ndjson, application/vnd.apache.parquet or application/vnd.apache.arrow.stream, not ${input.contentType.slice(0, 100)}.`,
    )
  }
  const format = sent === 'arrow' ? 'parquet' : sent
  const given = input.name?.slice(0, 200) ?? `spine.${format}`
  const name = isStorableText(given) ? given : `spine.${format}`
  await sweep(ctx.now())
  const id = newId(ctx.now().getTime())
  await mkdir(uploadsFolder(), { recursive: true })
  // Else the build follows this path into every folder of the clone.
  const path = join(/* turbopackIgnore: true */ uploadsFolder(), `${id}.${format}`)
  try {
    await save(path, sent, input.bytes)
    const inferred = await offlineStore().infer(path, format, ctx.signal)
    const { size } = await stat(/* turbopackIgnore: true */ path)
    const expiresAt = new Date(ctx.now().getTime() + keptHours * 3_600_000).toISOString()
    const kept = resourceOf(id, name, size, inferred, expiresAt)
    await withTransaction(async (tx) => {
      await tx.insert(spineUploads).values({
        id,
        path: relative(env().home, path),
        format,
        name,
        bytes: size,
        createdBy: ctx.actor.id,
        createdAt: ctx.now().toISOString(),
        expiresAt,
      })
      await keep(tx, kept)
    })
    return kept
  } catch (error) {
    await rm(path, { force: true })
    await rm(`${path}.part`, { force: true })
    throw error
  }
}

export interface UploadedFile {
  path: string
  format: FileFormat
  name: string
}

/** One's own file; somebody else's is not there. Errors: invalid at `/spine/upload`. */
export async function uploadedSpine(ctx: Context, id: string): Promise<UploadedFile> {
  const [row] = await db()
    .select()
    .from(spineUploads)
    .where(
      and(
        eq(spineUploads.id, id),
        eq(spineUploads.createdBy, ctx.actor.id),
        gt(spineUploads.expiresAt, ctx.now().toISOString()),
      ),
    )
  if (row) return { path: join(env().home, row.path), format: row.format, name: row.name }
  throw invalidField(
    '/spine/upload',
    `There is no upload \`${id}\` of yours; one is kept for ${keptHours} hours.`,
    'unknown_upload',
  )
}

/** Removes one's own file before its day is over. Errors: not_found, also for somebody else's. */
export async function deleteSpine(ctx: Context, id: string): Promise<void> {
  await authorizeSpine(ctx)
  const [gone] = await db()
    .delete(spineUploads)
    .where(and(eq(spineUploads.id, id), eq(spineUploads.createdBy, ctx.actor.id)))
    .returning({ path: spineUploads.path })
  if (!gone) throw notFound(`The upload \`${id.slice(0, 80)}\``)
  await rm(join(env().home, gone.path), { force: true })
}
