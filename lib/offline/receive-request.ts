import { randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '@/lib/core/env'
import { DomainError, invalidField } from '@/lib/core/errors'
import { parseJson } from '@/lib/core/json'
import { utf8File } from '@/lib/core/utf8'
import { arrowToParquet } from './arrow/arrow-to-parquet'
import { keepNanoseconds } from './duckdb/parquet-nanoseconds'
import type { SpineUpload } from './get-historical-features'
import { boundaryOf, type FormPart, partsOf } from './multipart'
import type { FileFormat } from './port'

const largestPartBytes = 1024 * 1024
const tooLargePart = 'The part `request` may hold 1 MiB; rows belong in the part `spine`.'
const largestJsonBytes = 128 * 1024 * 1024
const tooLargeJson =
  'A JSON request may hold 128 MiB. Send a larger spine as a file: multipart with `request` and `spine`.'

const formats = new Map<string, SentFormat>([
  ['application/vnd.apache.arrow.stream', 'arrow'],
  ['application/vnd.apache.arrow.file', 'arrow'],
  ['text/csv', 'csv'],
  ['application/x-ndjson', 'ndjson'],
  ['application/vnd.apache.parquet', 'parquet'],
  ['application/x-parquet', 'parquet'],
])
const extensions = new Map<string, SentFormat>([
  ['arrow', 'arrow'],
  ['arrows', 'arrow'],
  ['feather', 'arrow'],
  ['csv', 'csv'],
  ['ndjson', 'ndjson'],
  ['jsonl', 'ndjson'],
  ['parquet', 'parquet'],
])

/** Arrow becomes Parquet as it arrives, which the engine reads. */
type SentFormat = FileFormat | 'arrow'

function formatOf({ contentType, filename }: FormPart): SentFormat {
  const format = formats.get(contentType) ?? extensions.get(filename?.split('.').at(-1)?.toLowerCase() ?? '')
  if (format) return format
  throw new DomainError(
    'unsupported_media_type',
    `A spine is a Parquet, Arrow, CSV or NDJSON file; this part is ${contentType || 'of no type'}.`,
  )
}

async function save(part: FormPart): Promise<SpineUpload> {
  const upload = await saveAsSent(part)
  if (upload.format === 'parquet') await keepNanoseconds(upload.path)
  return upload
}

async function saveAsSent(part: FormPart): Promise<SpineUpload> {
  const sent = formatOf(part)
  const format = sent === 'arrow' ? 'parquet' : sent
  const folder = join(env().home, 'staging')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `ingest-${process.pid}-${randomUUID()}.spine.${format}`)
  if (sent === 'arrow') {
    await arrowToParquet(part.bytes, path)
    return { path, format }
  }
  const file = await open(path, 'wx')
  try {
    // The engine does not survive every text that is not UTF-8.
    const bytes = format === 'parquet' ? part.bytes : utf8File(part.bytes)
    for await (const chunk of bytes) await file.writeFile(chunk)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
  return { path, format }
}

async function jsonOf(
  bytes: AsyncIterable<Uint8Array>,
  largestBytes: number,
  advice: string,
): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > largestBytes) throw new DomainError('too_large', advice)
    chunks.push(chunk)
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (cause) {
    throw new DomainError('not_parseable', 'The JSON is not UTF-8 text.', {}, { cause })
  }
  return parseJson(text)
}

export interface HistoricalRequest {
  request: unknown
  /** Null when the spine stands in the JSON. */
  upload: SpineUpload | null
}

async function receiveParts(body: AsyncIterable<Uint8Array>, boundary: string): Promise<HistoricalRequest> {
  let request: unknown
  let upload: SpineUpload | null = null
  try {
    for await (const part of partsOf(body, boundary)) {
      if (part.name === 'request') request = await jsonOf(part.bytes, largestPartBytes, tooLargePart)
      else if (part.name === 'spine' && !upload) upload = await save(part)
      else {
        const reason = `Part \`${part.name}\` is not known or stands twice; send \`request\` (JSON) and \`spine\` (a file).`
        throw invalidField(`/${part.name}`, reason, 'part')
      }
    }
    if (request === undefined) throw invalidField('/request', 'The part `request` is missing.', 'part')
    if (!upload) throw invalidField('/spine', 'The part `spine` is missing.', 'part')
    return { request, upload }
  } catch (error) {
    if (upload) await rm(upload.path, { force: true })
    throw error
  }
}

/**
 * The request of a historical read: JSON, or multipart/form-data with the parts `request` (JSON) and `spine` (Parquet,
 * Arrow, CSV or NDJSON), which lies in staging until it is read. Errors: unsupported_media_type, not_parseable,
 * too_large, invalid.
 */
export async function receiveHistoricalRequest(
  contentType: string,
  body: AsyncIterable<Uint8Array>,
): Promise<HistoricalRequest> {
  const boundary = boundaryOf(contentType)
  if (boundary !== null) return receiveParts(body, boundary)
  const type = contentType.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new DomainError(
      'unsupported_media_type',
      `A request is application/json or multipart/form-data, not ${type}.`,
    )
  }
  return { request: await jsonOf(body, largestJsonBytes, tooLargeJson), upload: null }
}
