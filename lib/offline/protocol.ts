import type { FeatureType } from '@/lib/core/feature-type'

/**
 * What the engine process is asked over its socket: `POST /run` with one EngineRequest as JSON. The statements run in
 * order on a connection of their own, then the result's query; the answer is its bytes. A failure before the first
 * byte is a 4xx/5xx with EngineFailure; a failure after it breaks the connection, so that no cut answer looks whole.
 */
export interface EngineRequest {
  statements: string[]
  result: EngineResult
  /**
   * `read`: a read of any size for a caller; only so many run at once, and none for longer than is set. `count`:
   * statistics that nobody waits for; they share a little memory of their own and spill beyond it.
   */
  lane?: 'read' | 'count'
}

export type EngineResult =
  | { kind: 'none' }
  /** One JSON array per row and line; bigint bare, lists as arrays. For numbers and names, not for feature values. */
  | { kind: 'rows'; sql: string }
  /**
   * Every value through the codec. `fragments`: one row per line, its fragments divided by U+001F. `arrow`: an Arrow
   * IPC stream from the engine's memory, to which `sql` gives texts as BLOB.
   */
  | {
      kind: 'encode'
      sql: string
      columns: EncodedColumn[]
      format: 'csv' | 'ndjson' | 'json' | 'fragments' | 'arrow'
      int64AsString: boolean
    }
  /** A Parquet file, written to the engine's own folder and sent from there. */
  | { kind: 'parquet'; sql: string }

/** A result column: its name in the answer, its type, and how the type is written. */
export interface EncodedColumn {
  name: string
  type: FeatureType
  typeText: string
}

export interface EngineFailure {
  error: { kind: EngineFailureKind; message: string }
}

/** DuckDB's own class of error where it has a meaning to the caller. */
export type EngineFailureKind =
  | 'conversion'
  | 'invalid_input'
  | 'binder'
  | 'parser'
  | 'catalog'
  | 'io'
  | 'permission'
  | 'out_of_memory'
  | 'interrupted'
  | 'busy'
  /** It ran for as long as a read may. */
  | 'too_long'
  /** The engine cannot go on: it ends after this answer and is started again. */
  | 'fatal'
  | 'other'

export interface EngineHealth {
  pid: number
  running: number
  waiting: number
  /** Reads of callers, of those that run and wait. */
  reads: { running: number; waiting: number }
  residentBytes: number
  version: string
}

/**
 * Options of a Parquet file that holds floats bit for bit: the engine's dictionaries take 0.0 and -0.0 for one value,
 * whichever came first.
 */
export const exactParquet = 'FORMAT parquet, DICTIONARY_SIZE_LIMIT 0'
