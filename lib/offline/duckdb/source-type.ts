/** What a column of a user's file is, as far as conversion cares. */
export type SourceType =
  | { kind: 'bool' | 'integer' | 'float' | 'text' | 'json' | 'blob' | 'date' | 'timestamp' | 'other' }
  | { kind: 'timestamp_ns' | 'timestamp_tz' | 'struct' }
  /** A cell of a staged body: a text that is a value only in its plain spelling. */
  | { kind: 'cell' }
  | { kind: 'decimal'; name: string }
  | { kind: 'list'; element: SourceType }

const byName: Record<string, SourceType['kind']> = {
  BOOLEAN: 'bool',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  HUGEINT: 'integer',
  UTINYINT: 'integer',
  USMALLINT: 'integer',
  UINTEGER: 'integer',
  UBIGINT: 'integer',
  UHUGEINT: 'integer',
  FLOAT: 'float',
  DOUBLE: 'float',
  VARCHAR: 'text',
  UUID: 'text',
  JSON: 'json',
  BLOB: 'blob',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp_ns',
  'TIMESTAMP WITH TIME ZONE': 'timestamp_tz',
}

/** Reads DuckDB's name of a type, e.g. `DECIMAL(10,2)`, `BIGINT[]`, `FLOAT[3]`, `STRUCT(a INTEGER)`. */
export function sourceType(name: string): SourceType {
  const list = /^(.*)\[\d*\]$/s.exec(name)
  if (list?.[1]) return { kind: 'list', element: sourceType(list[1]) }
  if (name.startsWith('DECIMAL(')) return { kind: 'decimal', name }
  if (name.startsWith('ENUM(')) return { kind: 'text' }
  if (name.startsWith('STRUCT(') || name.startsWith('MAP(')) return { kind: 'struct' }
  const kind = byName[name] ?? 'other'
  return kind === 'decimal' || kind === 'list' ? { kind: 'other' } : { kind }
}
