export const scalarKinds = [
  'bool',
  'int32',
  'int64',
  'float32',
  'float64',
  'string',
  'bytes',
  'date',
  'timestamp',
  'json',
] as const
export type ScalarKind = (typeof scalarKinds)[number]

export const embeddingMetrics = ['cosine', 'dot', 'l2'] as const
export type EmbeddingMetric = (typeof embeddingMetrics)[number]

/** The type of a feature, key or time column. Written as `int64`, `decimal(10,2)`, `array<string>`, `embedding<8, l2>`. */
export type FeatureType =
  | { kind: ScalarKind }
  | { kind: 'decimal'; precision: number; scale: number }
  | { kind: 'array'; element: FeatureType }
  | { kind: 'embedding'; dimension: number; metric: EmbeddingMetric }

/**
 * A value in the one form that all stores share:
 * bool → boolean · int32, float32, float64 → number (float32 already rounded) · int64 → bigint ·
 * timestamp → bigint, microseconds since 1970 UTC · decimal → text with exactly `scale` fraction digits ·
 * date → `YYYY-MM-DD` · bytes → base64 · json → compact JSON text · array, embedding → array · missing → null.
 */
export type CanonicalValue = boolean | number | bigint | string | null | CanonicalValue[]

/** Which rule a refused value broke; stands in the error of its row. */
export type ConversionRule =
  | 'type'
  | 'range'
  | 'integral'
  | 'precision'
  | 'nul_character'
  | 'encoding'
  | 'dimension'
  | 'duplicate_member'

export type Conversion =
  | { ok: true; value: CanonicalValue }
  | { ok: false; rule: ConversionRule; reason: string }

export const accepted = (value: CanonicalValue): Conversion => ({ ok: true, value })

export const refused = (rule: ConversionRule, reason: string): Conversion => ({ ok: false, rule, reason })

/** A value as an error shows it: JSON text, cut at 80 characters. */
export function shown(value: unknown): string {
  let text: string
  if (typeof value === 'string') text = JSON.stringify(value)
  else if (typeof value === 'object' && value !== null)
    text = Array.isArray(value) ? 'an array' : objectText(value)
  else text = String(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** A number that a double cannot hold arrives as an object which prints its digits. */
const objectText = (value: object) => ('isLosslessNumber' in value ? String(value) : 'an object')
