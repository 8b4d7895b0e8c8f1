import { convertJson, type FeatureType, formatTimestamp } from '@/lib/core/feature-type'
import type { SourceType } from '@/lib/offline'

/** The type whose rules a value of an input's column has to keep; null: its text is cast by the engine. */
function ruleOf(source: SourceType): FeatureType | null {
  switch (source.kind) {
    case 'bool':
      return { kind: 'bool' }
    case 'integer':
      return { kind: 'int64' }
    case 'float':
      return { kind: 'float64' }
    case 'text':
      return { kind: 'string' }
    case 'date':
      return { kind: 'date' }
    case 'timestamp':
    case 'timestamp_ns':
    case 'timestamp_tz':
      return { kind: 'timestamp' }
    default:
      return null
  }
}

const plainText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** A value of a test's row as text that the engine casts to the column's type; null is no value. Throws a reason. */
export function castableText(source: SourceType, value: unknown): string | null {
  if (value === null || value === undefined) return null
  const rule = ruleOf(source)
  if (!rule) return plainText(value)
  const converted = convertJson(rule, value)
  if (!converted.ok) throw new Error(converted.reason)
  if (rule.kind !== 'timestamp') return String(converted.value)
  return formatTimestamp(BigInt(String(converted.value)))
}

/** The engine's type for values of a column that nothing describes yet. */
export function guessedType(values: unknown[]): string {
  const present = values.filter((value) => value !== null && value !== undefined)
  const all = (fits: (value: unknown) => boolean) => present.length > 0 && present.every(fits)
  if (all((value) => typeof value === 'boolean')) return 'BOOLEAN'
  if (all(Number.isInteger)) return 'BIGINT'
  if (all((value) => typeof value === 'number')) return 'DOUBLE'
  const isTime = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\d[Tt ]/.test(value)
  return all(isTime) && all((value) => convertJson({ kind: 'timestamp' }, value).ok) ? 'TIMESTAMP' : 'VARCHAR'
}
