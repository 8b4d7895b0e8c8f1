import { authorize, authorizeAtAll } from '@/lib/audit'
import { proposeDefinition } from '@/lib/catalog'
import { type InferenceResource, inferSourceInput } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseJson } from '@/lib/core/json'
import { parseInput } from '@/lib/core/parse-input'
import { utf8File } from '@/lib/core/utf8'
import { type FileFormat, offlineStore } from '@/lib/offline'
import { sourceFactsOf } from '@/lib/registry'
import { removeFile, saveBody } from '../staging'
import { resolveInputs } from '../transform/resolve-inputs'
import { withRelations } from '../transform/with-relations'

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
const mostSourceBytes = 64 * 1024

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of bytes) {
    chunks.push(chunk)
    length += chunk.length
    if (length > mostSourceBytes)
      throw new DomainError('too_large', 'As JSON only the name of a source is read.')
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A proposal shows values: only those who may see the source's statistics get one. */
async function fromSource(ctx: Context, { name, bytes }: InferInput) {
  const { source } = parseInput(inferSourceInput, parseJson(await textOf(bytes)))
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
 * Looks at a file, or at the file of a source, and proposes a feature group with statistics. Stores nothing.
 * Errors: forbidden, not_found, unsupported_media_type, not_parseable (an unreadable file), invalid, unavailable.
 */
export async function inferDefinition(ctx: Context, input: InferInput): Promise<InferenceResource> {
  await authorizeAtAll(ctx, 'group:create')
  const format = formats.get(input.contentType)
  if (format) return fromFile(ctx, input, format)
  if (input.contentType === 'application/json') return fromSource(ctx, input)
  throw new DomainError(
    'unsupported_media_type',
    `${input.contentType} is not read here. Send CSV, Parquet or NDJSON, or {"source": name} as JSON.`,
  )
}
