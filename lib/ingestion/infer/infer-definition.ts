import { authorize, authorizeAtAll } from '@/lib/audit'
import { proposeDefinition } from '@/lib/catalog'
import { type InferenceResource, inferSourceInput } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseJson } from '@/lib/core/json'
import { parseInput } from '@/lib/core/parse-input'
import { utf8File } from '@/lib/core/utf8'
import { arrowToParquet, type FileFormat, offlineStore } from '@/lib/offline'
import { sourceFactsOf } from '@/lib/registry'
import { arrowTypes } from '../decode'
import { jsonText } from '../decode/json'
import { removeFile, saveBody, stagingPath } from '../staging'
import { resolveInputs } from '../transform/resolve-inputs'
import { withRelations } from '../transform/with-relations'
import { asNdjson, rowsOfDocument } from './json-rows'

interface InferInput {
  /** What the group shall be called. */
  name: string | null
  /** Media type without parameters. */
  contentType: string
  /** Inflated. */
  bytes: AsyncIterable<Uint8Array>
}

const formats = new Map<string, FileFormat>([
  ['text/csv', 'csv'],
  ['application/vnd.apache.parquet', 'parquet'],
  ['application/x-parquet', 'parquet'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  ['application/jsonl', 'ndjson'],
])

async function fromFile(ctx: Context, { name, bytes }: InferInput, format: FileFormat) {
  const path = await saveBody(format === 'parquet' ? bytes : utf8File(bytes), `body.${format}`)
  try {
    return await proposal(ctx, path, format, name)
  } finally {
    await removeFile(path)
  }
}

async function fromArrow(ctx: Context, { name, bytes }: InferInput) {
  const path = await stagingPath('arrow.parquet')
  try {
    await arrowToParquet(bytes, path, { signal: ctx.signal })
    return await proposal(ctx, path, 'parquet', name)
  } finally {
    await removeFile(path)
  }
}

/** Rows as ingestion reads them, or the name of a source. */
async function fromJson(ctx: Context, { name, bytes, contentType }: InferInput) {
  const document = parseJson(await jsonText(bytes))
  const rows = rowsOfDocument(document)
  if (!rows) return fromSource(ctx, name, document)
  return fromFile(ctx, { name, bytes: asNdjson(rows), contentType }, 'ndjson')
}

async function proposal(ctx: Context, path: string, format: FileFormat, name: string | null) {
  const { rows, profiles, keyCandidates, eventTimeColumn } = await offlineStore().infer(
    path,
    format,
    ctx.signal,
  )
  return proposeDefinition(ctx, { rows, columns: profiles, keyCandidates, eventTimeColumn }, name)
}

/** Enough to see types and keys; a run reads them all. */
const mostTableRows = 100_000

/** A proposal shows values: only those who may see the source's statistics get one. */
async function fromSource(ctx: Context, name: string | null, document: unknown) {
  const { source } = parseInput(inferSourceInput, document)
  await authorize(ctx, 'group:read_statistics', await sourceFactsOf(ctx, source))
  const [input] = await resolveInputs(ctx, [source])
  if (input?.kind === 'file') return proposal(ctx, input.path, input.format, name)
  if (input?.kind !== 'table')
    throw new DomainError('conflict', `Data source ${source} holds nothing to look at.`)
  const reading = { span: null, limit: mostTableRows }
  return withRelations([input], reading, ctx.signal, ([table]) => {
    if (!table || !('path' in table)) throw new Error('A table was not fetched.')
    return proposal(ctx, table.path, table.format, name)
  })
}

/**
 * Looks at a file, at rows as JSON, or at what a source holds, and proposes a feature group with statistics. Stores nothing.
 * Errors: forbidden, not_found, unsupported_media_type, not_parseable (an unreadable file), invalid, unavailable.
 */
export async function inferDefinition(ctx: Context, input: InferInput): Promise<InferenceResource> {
  await authorizeAtAll(ctx, 'group:create')
  const format = formats.get(input.contentType)
  if (format) return fromFile(ctx, input, format)
  if (arrowTypes.has(input.contentType)) return fromArrow(ctx, input)
  if (input.contentType === 'application/json') return fromJson(ctx, input)
  throw new DomainError(
    'unsupported_media_type',
    `${input.contentType} is not read here. Send CSV, Parquet, Arrow, NDJSON or {"rows": […]}, or {"source": name}.`,
  )
}
