import { engineType, type FeatureType } from '@/lib/core/feature-type'
import { cellConversion } from './convert-cell'
import { textConversion } from './convert-text-source'
import { hasRepeatedMember, jsonOfValue } from './json-text'
import { shortestFloat } from './number-text'
import { type SourceConversion, when } from './source-conversion'
import type { SourceType } from './source-type'

const never = (value: string): SourceConversion => ({ value, fault: 'NULL' })

const always = (type: FeatureType, x: string, rule = 'type'): SourceConversion => ({
  value: `CAST(NULL AS ${engineType(type)})`,
  fault: when([[`${x} IS NOT NULL`, rule]]),
})

/** Converts exactly or names the fault; casts of the engine round, trim and cut, so every loss is checked for. */
export function convertSource(source: SourceType, type: FeatureType, x: string, depth = 0): SourceConversion {
  if (source.kind === 'json') return jsonSource(type, x, depth)
  if (source.kind === 'cell') return cellConversion(type, x)
  if (source.kind === 'text') return textConversion(type, x, depth)
  switch (type.kind) {
    case 'bool':
      return source.kind === 'bool' ? never(x) : always(type, x)
    case 'int32':
    case 'int64':
      return toInteger(source, type, x)
    case 'float32':
    case 'float64':
      return toFloat(source, type, x, depth)
    case 'decimal':
      return toDecimal(source, type, x, depth)
    case 'string':
      return always(type, x)
    case 'bytes':
      return source.kind === 'blob' ? never(x) : always(type, x)
    case 'date':
      return toDate(source, type, x)
    case 'timestamp':
      return toTimestamp(source, type, x)
    case 'json':
      return never(`nullif(${jsonOfValue(x)}, 'null')`)
    case 'array':
      return toArray(source, type.element, type, x, depth)
    case 'embedding':
      return toEmbedding(source, type, x, depth)
  }
}

/** One JSON value of a row: strings without their quotes, everything else as its text. */
function jsonSource(type: FeatureType, x: string, depth: number): SourceConversion {
  if (type.kind === 'json') return textConversion(type, `CAST(${x} AS VARCHAR)`, depth)
  if (type.kind === 'string') {
    const conversion = textConversion(type, `(${x} ->> '$')`)
    const notText = when([[`json_type(${x}) NOT IN ('VARCHAR', 'NULL')`, 'type']])
    return { value: conversion.value, fault: `coalesce(${notText}, ${conversion.fault})` }
  }
  return textConversion(type, `(${x} ->> '$')`, depth)
}

function toInteger(source: SourceType, type: FeatureType, x: string): SourceConversion {
  const value = `TRY_CAST(${x} AS ${engineType(type)})`
  const outside: [string, string] = [`${x} IS NOT NULL AND ${value} IS NULL`, 'range']
  if (source.kind === 'integer') return { value, fault: when([outside]) }
  if (source.kind === 'float') {
    const special: [string, string] = [`NOT isfinite(${x})`, 'type']
    return { value, fault: when([special, [`${x} <> trunc(${x})`, 'integral'], outside]) }
  }
  if (source.kind === 'decimal') return { value, fault: when([[`${x} <> trunc(${x})`, 'integral'], outside]) }
  return always(type, x)
}

/** A whole number is held when the float, or the shortest text that reads back as it, says the same. */
function toFloat(source: SourceType, type: FeatureType, x: string, depth: number): SourceConversion {
  const value = `TRY_CAST(${x} AS ${engineType(type)})`
  const shortest = type.kind === 'float32' ? shortestFloat(value) : `CAST(${value} AS VARCHAR)`
  const outside: [string, string] = [`${x} IS NOT NULL AND ${value} IS NULL`, 'range']
  if (source.kind === 'float') {
    if (type.kind === 'float64') return never(value)
    const isLost = `isfinite(${x}) AND ${x} = trunc(${x}) AND ${value} <> ${x}`
    return {
      value,
      fault: when([outside, [`${isLost} AND TRY_CAST(${shortest} AS DOUBLE) <> ${x}`, 'precision']]),
    }
  }
  if (source.kind === 'decimal') return textConversion(type, `CAST(${x} AS VARCHAR)`, depth)
  if (source.kind === 'integer') {
    const isLost = `TRY_CAST(${value} AS HUGEINT) IS DISTINCT FROM ${x}`
    const isOther = `TRY_CAST(TRY_CAST(${shortest} AS DECIMAL(38, 0)) AS HUGEINT) IS DISTINCT FROM ${x}`
    return { value, fault: when([outside, [`${isLost} AND ${isOther}`, 'precision']]) }
  }
  return always(type, x)
}

function toDecimal(source: SourceType, type: FeatureType, x: string, depth: number): SourceConversion {
  if (source.kind === 'float') return textConversion(type, `CAST(${x} AS VARCHAR)`, depth)
  if (source.kind !== 'integer' && source.kind !== 'decimal') return always(type, x)
  const value = `TRY_CAST(${x} AS ${engineType(type)})`
  const back = source.kind === 'decimal' ? `TRY_CAST(${value} AS ${source.name})` : value
  const outside: [string, string] = [`${x} IS NOT NULL AND ${value} IS NULL`, 'range']
  return { value, fault: when([outside, [`${back} IS DISTINCT FROM ${x}`, 'precision']]) }
}

const inYears = (x: string) =>
  `${x} NOT BETWEEN '0001-01-01'::TIMESTAMP AND '9999-12-31 23:59:59.999999'::TIMESTAMP`

function toDate(source: SourceType, type: FeatureType, x: string): SourceConversion {
  const value = `CAST(${x} AS DATE)`
  const outside: [string, string] = [inYears(`CAST(${x} AS TIMESTAMP)`), 'range']
  if (source.kind === 'date') return { value: x, fault: when([outside]) }
  if (source.kind !== 'timestamp' && source.kind !== 'timestamp_ns') return always(type, x)
  return { value, fault: when([outside, [`${x} <> date_trunc('day', ${x})`, 'precision']]) }
}

function toTimestamp(source: SourceType, type: FeatureType, x: string): SourceConversion {
  if (source.kind === 'timestamp_tz') return zonedToTimestamp(x)
  const value = `CAST(${x} AS TIMESTAMP)`
  const outside: [string, string] = [inYears(value), 'range']
  switch (source.kind) {
    case 'date':
    case 'timestamp':
      return { value, fault: when([outside]) }
    case 'timestamp_ns':
      return { value, fault: when([outside, [`epoch_ns(${x}) % 1000 <> 0`, 'precision']]) }
    default:
      return always(type, x)
  }
}

/** By its number: asking the calendar takes thirty times as long. Infinity has none. */
function zonedToTimestamp(x: string): SourceConversion {
  const value = `make_timestamp(epoch_us(${x}))`
  return { value, fault: when([[`${x} IS NOT NULL AND (${inYears(value)}) IS NOT FALSE`, 'range']]) }
}

function toArray(
  source: SourceType,
  element: FeatureType,
  type: FeatureType,
  x: string,
  depth: number,
): SourceConversion {
  if (source.kind !== 'list') return always(type, x)
  const item = `__e${depth}`
  const inner = convertSource(source.element, element, item, depth + 1)
  const value =
    inner.value === item
      ? x
      : `CAST(list_transform(${x}, lambda ${item}: ${inner.value}) AS ${engineType(type)})`
  if (inner.fault === 'NULL') return never(value)
  const faults = `list_transform(${x}, lambda ${item}: ${inner.fault})`
  const first = `list_filter(${faults}, lambda __f${depth}: __f${depth} IS NOT NULL)[1]`
  if (depth > 0 || element.kind !== 'json' || source.element.kind !== 'text') return { value, fault: first }
  const all = `('[' || array_to_string(${x}, ',') || ']')`
  return { value, fault: `coalesce(${first}, ${when([[hasRepeatedMember(all), 'duplicate_member']])})` }
}

function toEmbedding(
  source: SourceType,
  type: Extract<FeatureType, { kind: 'embedding' }>,
  x: string,
  depth: number,
): SourceConversion {
  const array = toArray(
    source,
    { kind: 'float32' },
    { kind: 'array', element: { kind: 'float32' } },
    x,
    depth,
  )
  if (source.kind !== 'list') return array
  const bad = `len(list_filter(${array.value}, lambda __v: __v IS NULL OR NOT isfinite(__v))) > 0`
  const shape = when([
    [`len(${x}) <> ${type.dimension}`, 'dimension'],
    [bad, 'range'],
  ])
  return { value: array.value, fault: `coalesce(${array.fault}, ${shape})` }
}
