import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api'
import { type CanonicalValue, elementType, type FeatureType } from '@/lib/core/feature-type'

/** A value of an engine column of `engineType(type)` → canonical. Throws when the column is of another type. */
export function canonicalFromEngine(type: FeatureType, value: DuckDBValue): CanonicalValue {
  if (value === null) return null
  switch (typeof value) {
    case 'boolean':
    case 'number':
    case 'string':
    case 'bigint':
      return value
    default:
      return objectFromEngine(type, value)
  }
}

function objectFromEngine(type: FeatureType, value: DuckDBValue): CanonicalValue {
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return value.micros
  if (value instanceof DuckDBDecimalValue || value instanceof DuckDBDateValue) return value.toString()
  if (value instanceof DuckDBBlobValue) {
    return Buffer.from(value.bytes.buffer, value.bytes.byteOffset, value.bytes.byteLength).toString('base64')
  }
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    const element = elementType(type)
    return value.items.map((item) => canonicalFromEngine(element, item))
  }
  throw new TypeError(`The engine gave a ${value?.constructor.name} for a ${type.kind}`)
}

/** Any engine value as JSON text, for results that are not feature values. */
export function jsonFromEngine(value: DuckDBValue): string {
  if (value === null) return 'null'
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : `"${value}"`
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return `[${value.items.map(jsonFromEngine).join(',')}]`
  }
  if (value instanceof DuckDBStructValue) {
    const members = Object.entries(value.entries).map(
      ([name, member]) => `${JSON.stringify(name)}:${jsonFromEngine(member)}`,
    )
    return `{${members.join(',')}}`
  }
  if (value instanceof DuckDBMapValue) {
    return `[${value.entries.map(({ key, value: member }) => `[${jsonFromEngine(key)},${jsonFromEngine(member)}]`).join(',')}]`
  }
  return JSON.stringify(String(value))
}
