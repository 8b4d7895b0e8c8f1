import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api'
import type { EngineResult } from '@/lib/offline/protocol'

/** Some rows of a result: the first `rows` of the chunk. */
export interface Batch {
  chunk: DuckDBDataChunk
  rows: number
}

export type TextResult = Exclude<EngineResult, { kind: 'none' | 'parquet' }>

/** The batches of a query. Fails when the query does, also midway. */
export async function batchesOf(
  connection: DuckDBConnection,
  result: TextResult,
): Promise<AsyncGenerator<Batch>> {
  if (result.kind === 'rows') return materialized(await connection.run(result.sql))
  return untilMark(await connection.stream(markedQuery(result)))
}

/** A result that stands in memory: its failure was thrown before. */
async function* materialized(result: DuckDBResult): AsyncGenerator<Batch> {
  for await (const chunk of result) yield { chunk, rows: chunk.rowCount }
}

/**
 * A streamed result that fails midway looks, through the client library, exactly like one that ended. So a last row
 * that only says "this was all" is asked for, and an answer without it is a failure.
 */
function markedQuery({ sql, columns }: Extract<TextResult, { kind: 'encode' }>): string {
  const names = columns.map((_, index) => `c${index}`).join(', ')
  const nulls = columns.map(() => 'NULL').join(', ')
  return `SELECT *, FALSE FROM (${sql}) AS answer(${names}) UNION ALL SELECT ${nulls}, TRUE`
}

async function* untilMark(result: DuckDBResult): AsyncGenerator<Batch> {
  const mark = result.columnCount - 1
  for await (const chunk of result) {
    const isLast = chunk.getColumnVector(mark).getItem(chunk.rowCount - 1) === true
    const rows = isLast ? chunk.rowCount - 1 : chunk.rowCount
    if (rows > 0) yield { chunk, rows }
    if (isLast) return
  }
  throw new Error('The query failed while its answer was being sent.')
}
