import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { type HashedBody, hashedBody } from '@/lib/core/hashed-body'
import type { IdempotentRequest } from '@/lib/idempotency'
import { arrowToParquet, keepNanoseconds } from '@/lib/offline'
import { stageText } from './bulk/stage-text'
import { arrowTypes, bulkFormats, decoders, parquetTypes } from './decode'
import type { IngestMode } from './faults'
import { type IngestAnswer, rowContentTypes } from './operations'
import type { UnknownColumns } from './raw-row'
import { nameInGroup, renamedColumns } from './renamed'
import { operationColumn, rowPlan } from './row-plan'
import type { StageOptions } from './stage-options'
import { stageRows } from './stage-rows'
import { stageSource } from './stage-source'
import type { StagedBatch } from './staged-batch'
import { removeFile, saveBody, stagingPath } from './staging'
import { writeRowsOnce } from './write-rows'
import { mayWriteAtAll, writeTarget } from './write-target'

export interface IngestInput {
  group: string
  /** Major; absent: the one promoted in the context's environment. */
  version?: number
  /** Media type without parameters. */
  contentType: string
  /** Inflated. */
  bytes: AsyncIterable<Uint8Array>
  mode: IngestMode
  to: 'both' | 'offline'
  unknown: UnknownColumns
  /** Pairs as `renamedColumns` reads them; absent: every column is called as in the group. */
  rename?: readonly string[]
  idempotency: IdempotentRequest | null
}

/** Refuses what no decoder reads, before the body is looked at. */
function requireKnownType(contentType: string): void {
  if (decoders.has(contentType) || parquetTypes.has(contentType) || arrowTypes.has(contentType)) return
  const known = rowContentTypes.join(', ')
  throw new DomainError(
    'unsupported_media_type',
    `Rows are not read from ${contentType}. Send one of: ${known}.`,
  )
}

/** Undeclared columns are refused or dropped by name, whatever their type. */
async function arrowAsParquet({ plan, signal }: StageOptions, body: HashedBody): Promise<string> {
  const path = await stagingPath('arrow.parquet')
  const mayDrop = (column: string) => {
    const name = nameInGroup(plan.renamed, column)
    return name === null || (!plan.places.has(name) && name !== operationColumn)
  }
  await arrowToParquet(body.bytes(), path, { mayDrop, signal })
  return path
}

async function stageBody(
  options: StageOptions,
  { contentType, unknown }: IngestInput,
  body: HashedBody,
): Promise<StagedBatch> {
  const decode = decoders.get(contentType)
  const bulk = bulkFormats.get(contentType)
  if (decode && bulk) return stageText({ ...options, unknown }, bulk, decode, body.bytes())
  if (decode) return stageRows(options, decode(body.bytes(), options.plan, unknown))
  const { renamed } = options.plan
  const path = arrowTypes.has(contentType)
    ? await arrowAsParquet(options, body)
    : await saveBody(body.bytes(), 'body.parquet')
  try {
    await keepNanoseconds(path)
    return await stageSource({ ...options, unknown }, { kind: 'file', path, format: 'parquet', renamed })
  } finally {
    await removeFile(path)
  }
}

/**
 * Adds rows to a group, all or nothing (or without the bad ones, which quarantine keeps): history and online store in
 * one transaction up to 100,000 rows; above, the online half follows by itself. With an idempotency key a repeated
 * request gets the first one's answer. Errors: forbidden, not_found, unsupported_media_type, not_parseable, invalid
 * (naming row and column, with counts), conflict, in_progress, gone, unavailable.
 */
export async function ingestRows(ctx: Context, input: IngestInput): Promise<IngestAnswer> {
  await mayWriteAtAll(ctx, input.to)
  requireKnownType(input.contentType)
  const { group, version, mode, to } = input
  const target = await writeTarget(ctx, { group, version }, to)
  const body = hashedBody(input.bytes)
  const renamed = renamedColumns(input.rename ?? [], rowPlan(target.version).places)
  const stage = (options: StageOptions) =>
    stageBody({ ...options, plan: { ...options.plan, renamed } }, input, body)
  return writeRowsOnce(ctx, { target, kind: 'ingest', mode, to, stage }, body, input.idempotency)
}
