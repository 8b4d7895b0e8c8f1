import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { parseJson } from '@/lib/core/json'
import type { IdempotentRequest } from '@/lib/idempotency'
import { readOnlineFeatures } from '@/lib/online'
import { type IngestInput, ingestRows } from '..'

export async function* bytesOf(...texts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? new TextEncoder().encode(text) : text
}

export const ingestInput = (
  group: string,
  body: string | Uint8Array,
  overrides: Partial<IngestInput> = {},
): IngestInput => ({
  group,
  contentType: 'application/json',
  bytes: bytesOf(body),
  mode: 'strict',
  to: 'both',
  unknown: 'refuse',
  idempotency: null,
  ...overrides,
})

/** Ingests JSON text, or rows as JSON. */
export const ingest = (
  ctx: Context,
  group: string,
  rows: string | unknown[],
  overrides: Partial<IngestInput> = {},
) =>
  ingestRows(ctx, ingestInput(group, typeof rows === 'string' ? rows : JSON.stringify({ rows }), overrides))

export const requestWithKey = (key: string, path = '/rows'): IdempotentRequest => ({
  key,
  method: 'POST',
  path,
  query: '',
})

export interface OnlineTable {
  features: string[]
  entities: Record<string, unknown[]>
  values: unknown[][]
  statuses: string[][]
  event_times: (string | null)[][]
}

/** Reads online with metadata, parsed without losing a digit. */
export async function readOnline(
  ctx: Context,
  features: string[],
  entities: Record<string, unknown[]>,
  more: object = {},
) {
  const { body } = await readOnlineFeatures(ctx, { features, entities, metadata: true, ...more })
  // Written by readOnlineFeatures with metadata.
  return parseJson(body) as OnlineTable
}

/** The rows of a SELECT as a Parquet file. */
export async function parquetOf(select: string, option = 'COMPRESSION snappy'): Promise<Uint8Array> {
  const path = join(env().home, `${Math.random().toString(36).slice(2)}.parquet`)
  const connection = await (await DuckDBInstance.create()).connect()
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet, ${option})`)
  connection.closeSync()
  return readFile(path)
}
