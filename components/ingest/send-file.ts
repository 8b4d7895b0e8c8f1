import { ProblemError, request } from '@/lib/api-client'
import type { IngestAnswer } from '@/lib/ingestion/operations'

const typeByEnding: Record<string, string> = {
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
  arrow: 'application/vnd.apache.arrow.file',
  feather: 'application/vnd.apache.arrow.file',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
  json: 'application/json',
}

export const acceptedEndings = '.csv,.parquet,.arrow,.feather,.ndjson,.jsonl,.json'

/** The media type by the file's ending; null for one that is not read. */
export const mediaTypeOf = (fileName: string): string | null =>
  typeByEnding[fileName.split('.').at(-1)?.toLowerCase() ?? ''] ?? null

/** The media type to send a file with. Throws ProblemError for a file that is not read, as the portal would, in its reader's words. */
export function mediaTypeToSend(fileName: string): string {
  const found = mediaTypeOf(fileName)
  if (found !== null) return found
  throw new ProblemError({
    type: '/docs/errors/unsupported_media_type',
    title: 'Unsupported media type',
    status: 415,
    detail: `\`${fileName}\` is of a kind that is not read. The name of a file with rows ends in ${acceptedEndings.replaceAll(',', ', ')}.`,
    instance: '',
    code: 'unsupported_media_type',
    request_id: '',
  })
}

const headBytes = 4096

/** A file as the portal reads it: rows that stand in a JSON array alone get the object around them. */
export async function fileBody(file: File): Promise<Blob> {
  if (mediaTypeOf(file.name) !== 'application/json') return file
  const head = await file.slice(0, headBytes).text()
  const mark = new Uint8Array(await file.slice(0, 3).arrayBuffer())
  const text = mark[0] === 0xef && mark[1] === 0xbb && mark[2] === 0xbf ? file.slice(3) : file
  return head.trimStart().startsWith('[') ? new Blob(['{"rows":', text, '}']) : text
}

export interface SendOptions {
  group: string
  /** Absent: the one that the environment serves. */
  version?: number
  file: File
  environment: string
  mode: 'strict' | 'quarantine'
  /** Leaves out columns that the group does not declare. */
  ignoreUnknown: boolean
  /** By column of the file: the declared column that it is; null leaves it out. */
  rename?: Readonly<Record<string, string | null>>
  /** Makes a retry of the same attempt safe. */
  idempotencyKey: string
}

/** Sends a file's rows to a group. Throws ProblemError with the faulty rows. */
export async function sendFile(options: SendOptions): Promise<IngestAnswer> {
  const contentType = mediaTypeToSend(options.file.name)
  const body = await fileBody(options.file)
  const rename = Object.entries(options.rename ?? {}).map(([column, name]) => `${column}:${name ?? ''}`)
  const { data } = await request<IngestAnswer>(
    `/api/v1/feature-groups/${encodeURIComponent(options.group)}/rows`,
    {
      method: 'POST',
      query: {
        environment: options.environment,
        version: options.version,
        mode: options.mode,
        rename,
        ...(options.ignoreUnknown ? { unknown: 'ignore' } : {}),
      },
      headers: { 'idempotency-key': options.idempotencyKey },
      raw: { body, contentType },
    },
  )
  return data
}
