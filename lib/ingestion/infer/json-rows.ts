import { invalidField } from '@/lib/core/errors'
import { stringifyJson } from '@/lib/core/json'

const rowsAPiece = 1000

/** The rows of `{"rows":[…]}`; null for another document. Throws where they are not what ingestion reads. */
export function rowsOfDocument(document: unknown): object[] | null {
  if (typeof document !== 'object' || document === null || !('rows' in document)) return null
  const { rows } = document
  if (!Array.isArray(rows)) throw invalidField('/rows', '`rows` must be an array of objects.', 'array')
  const objects = rows.filter((row) => typeof row === 'object' && row !== null && !Array.isArray(row))
  if (objects.length === rows.length) return objects
  const place = rows.findIndex((row) => !objects.includes(row))
  throw invalidField(`/rows/${place}`, 'A row is a JSON object of column names and values.', 'object')
}

/** The same rows as NDJSON, which the engine reads; no digit is lost. */
export async function* asNdjson(rows: readonly object[]): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < rows.length; start += rowsAPiece) {
    const lines = rows.slice(start, start + rowsAPiece).map((row) => `${stringifyJson(row)}\n`)
    yield Buffer.from(lines.join(''))
  }
}
