import { embeddingMetrics, type FeatureType, scalarKinds } from './types'

const maximumArrayDepth = 4
const maximumDimension = 65_536
const decimalPattern = /^decimal\(\s*(\d{1,2})\s*,\s*(\d{1,2})\s*\)$/
const arrayPattern = /^array<\s*(.+?)\s*>$/
const embeddingPattern = /^embedding<\s*(\d{1,6})\s*,\s*([a-z0-9]+)\s*>$/

/** Reads a type as it is written in the registry, e.g. `decimal(10,2)`; null when there is no such type. */
export function parseFeatureType(text: string, depth = 0): FeatureType | null {
  const scalar = scalarKinds.find((kind) => kind === text)
  if (scalar) return { kind: scalar }
  const decimal = decimalPattern.exec(text)
  if (decimal) return decimalType(Number(decimal[1]), Number(decimal[2]))
  const embedding = embeddingPattern.exec(text)
  if (embedding) return embeddingType(Number(embedding[1]), embedding[2])
  const array = arrayPattern.exec(text)
  if (!array?.[1] || depth >= maximumArrayDepth) return null
  const element = parseFeatureType(array[1], depth + 1)
  return element && element.kind !== 'embedding' ? { kind: 'array', element } : null
}

function decimalType(precision: number, scale: number): FeatureType | null {
  if (precision < 1 || precision > 38 || scale > precision) return null
  return { kind: 'decimal', precision, scale }
}

function embeddingType(dimension: number, name: string | undefined): FeatureType | null {
  const metric = embeddingMetrics.find((known) => known === name)
  if (!metric || dimension < 1 || dimension > maximumDimension) return null
  return { kind: 'embedding', dimension, metric }
}

/** The one spelling of a type; `parseFeatureType(formatFeatureType(t))` equals `t`. */
export function formatFeatureType(type: FeatureType): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`
    case 'array':
      return `array<${formatFeatureType(type.element)}>`
    case 'embedding':
      return `embedding<${type.dimension}, ${type.metric}>`
    default:
      return type.kind
  }
}

/** Key columns may be of these types. */
const keyKinds = ['int32', 'int64', 'string', 'bool', 'date'] as const

export const isKeyType = (type: FeatureType): boolean => keyKinds.some((kind) => kind === type.kind)

export const isNumericType = (type: FeatureType): boolean =>
  type.kind === 'int32' ||
  type.kind === 'int64' ||
  type.kind === 'float32' ||
  type.kind === 'float64' ||
  type.kind === 'decimal'
