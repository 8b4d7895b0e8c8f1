import { request } from '@/lib/api-client'
import type { IngestAnswer } from '@/lib/ingestion/operations'

const typeByEnding: Record<string, string> = {
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
  json: 'application/json',
}

export const acceptedEndings = '.csv,.parquet,.ndjson,.jsonl,.json'

/** The media type by the file's ending; null for one that is not read. */
export const mediaTypeOf = (fileName: string): string | null =>
  typeByEnding[fileName.split('.').at(-1)?.toLowerCase() ?? ''] ?? null

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
  const contentType = mediaTypeOf(options.file.name) ?? 'application/octet-stream'
  const body = options.file
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
