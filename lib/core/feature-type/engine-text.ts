import { doubleText, floatText, isSpecialFloat } from './float-text'
import { elementType } from './fragment'
import { formatTimestamp } from './time'
import type { CanonicalValue, FeatureType } from './types'

/** The column type in Parquet files and in DuckDB. timestamp is UTC with microseconds; json is kept as its text. */
export function engineType(type: FeatureType): string {
  switch (type.kind) {
    case 'bool':
      return 'BOOLEAN'
    case 'int32':
      return 'INTEGER'
    case 'int64':
      return 'BIGINT'
    case 'float32':
      return 'FLOAT'
    case 'float64':
      return 'DOUBLE'
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`
    case 'bytes':
      return 'BLOB'
    case 'date':
      return 'DATE'
    case 'timestamp':
      return 'TIMESTAMP'
    case 'array':
      return `${engineType(type.element)}[]`
    case 'embedding':
      return 'FLOAT[]'
    default:
      return 'VARCHAR'
  }
}

/** Canonical value → the text of a staged cell, from which the engine casts the same value; null is null. */
export function toEngineText(type: FeatureType, value: CanonicalValue): string | null {
  if (value === null) return null
  switch (type.kind) {
    case 'float32':
    case 'float64':
      return floatEngineText(type.kind, Number(value))
    case 'timestamp':
      return formatTimestamp(BigInt(String(value))).slice(0, -1)
    case 'array':
    case 'embedding':
      return JSON.stringify(arrayTexts(elementType(type), value))
    default:
      return String(value)
  }
}

function floatEngineText(kind: 'float32' | 'float64', value: number): string {
  if (isSpecialFloat(value)) return String(value)
  return kind === 'float32' ? floatText(value) : doubleText(value)
}

type NestedTexts = string | null | NestedTexts[]

/** Elements stay texts inside the JSON array, so that no JSON number reader stands between them and the cast. */
function arrayTexts(element: FeatureType, value: CanonicalValue): NestedTexts[] {
  if (!Array.isArray(value)) throw new TypeError('An array was expected')
  return value.map((item) =>
    element.kind === 'array' && item !== null
      ? arrayTexts(element.element, item)
      : toEngineText(element, item),
  )
}
