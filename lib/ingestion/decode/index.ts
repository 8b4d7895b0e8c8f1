import type { RawRow, UnknownColumns } from '../raw-row'
import type { RowPlan } from '../row-plan'
import { decodeCsv } from './csv'
import { decodeJson } from './json'
import { decodeNdjson } from './ndjson'

export type Decoder = (
  bytes: AsyncIterable<Uint8Array>,
  plan: RowPlan,
  unknown: UnknownColumns,
) => AsyncGenerator<RawRow[]>

/** Formats that are read row by row here. Parquet is read by the engine. */
export const decoders = new Map<string, Decoder>([
  ['application/json', decodeJson],
  ['application/x-ndjson', decodeNdjson],
  ['application/ndjson', decodeNdjson],
  ['application/jsonl', decodeNdjson],
  ['text/csv', decodeCsv],
])

/** Of these, long bodies are taken apart here and converted by the engine. */
export const bulkFormats = new Map<string, 'csv' | 'ndjson'>([
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  ['application/jsonl', 'ndjson'],
  ['text/csv', 'csv'],
])

export const parquetTypes = new Set(['application/vnd.apache.parquet', 'application/x-parquet'])

/** Written as Parquet while they arrive, then read by the engine too. */
export const arrowTypes = new Set([
  'application/vnd.apache.arrow.stream',
  'application/vnd.apache.arrow.file',
])
