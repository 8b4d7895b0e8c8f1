import { engineType, type FeatureType } from '@/lib/core/feature-type'
import { type SourceConversion, when } from './source-conversion'
import { text } from './sql'

const matches = (x: string, pattern: string) => `regexp_full_match(${x}, ${text(pattern)})`

/** Whatever is not plainly right is a fault by this name, and is looked at by the codec itself. */
const doubt = (x: string, isPlain: string): string =>
  when([[`${x} IS NOT NULL AND (${isPlain}) IS NOT TRUE`, 'doubt']])

const number = '-?\\d+(\\.\\d*)?([eE][+-]?\\d+)?'
const special = '(?i)(nan|[+-]?inf(inity)?)'
const timeOfDay = '([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?'
const utcTime = `\\d{4}-\\d{2}-\\d{2}([Tt ]${timeOfDay}[Zz]?)?`
const offsetTime = `\\d{4}-\\d{2}-\\d{2}[Tt ]${timeOfDay}[+-]([01]\\d|2[0-3]):[0-5]\\d`

/**
 * The plain spellings of a type's texts → feature. It takes fewer texts than `convertText` does, and gives each of
 * those the same value; lists and json have no plain spelling.
 */
export function cellConversion(type: FeatureType, x: string): SourceConversion {
  switch (type.kind) {
    case 'string':
      return { value: x, fault: doubt(x, `NOT contains(${x}, chr(0))`) }
    case 'bool':
      return { value: `lower(${x}) = 'true'`, fault: doubt(x, `lower(${x}) IN ('true', 'false')`) }
    case 'int32':
    case 'int64':
      return integerCell(type, x)
    case 'float32':
    case 'float64':
      return floatCell(type, x)
    case 'decimal': {
      const value = `TRY_CAST(${x} AS ${engineType(type)})`
      const isPlain = `${matches(x, `-?\\d+(\\.\\d{0,${type.scale}})?`)} AND ${value} IS NOT NULL`
      return { value, fault: doubt(x, isPlain) }
    }
    case 'bytes': {
      const fits = matches(
        x,
        '([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?',
      )
      return { value: `CASE WHEN ${fits} THEN from_base64(${x}) END`, fault: doubt(x, fits) }
    }
    case 'date': {
      const value = `TRY_CAST(${x} AS DATE)`
      return { value, fault: doubt(x, `${matches(x, '\\d{4}-\\d{2}-\\d{2}')} AND year(${value}) >= 1`) }
    }
    case 'timestamp':
      return timestampCell(x)
    default:
      return { value: `CAST(NULL AS ${engineType(type)})`, fault: doubt(x, 'FALSE') }
  }
}

/** What prints as it was written needs no further look. */
function integerCell(type: FeatureType, x: string): SourceConversion {
  const name = engineType(type)
  const plain = `TRY_CAST(${x} AS ${name})`
  const isPlain = `CAST(${plain} AS VARCHAR) = ${x}`
  const whole = `TRY_CAST(regexp_replace(${x}, '\\.0*$', '') AS ${name})`
  const isWhole = `${matches(x, '-?\\d{1,18}(\\.0*)?')} AND ${whole} IS NOT NULL`
  return {
    value: `CASE WHEN ${isPlain} THEN ${plain} ELSE ${whole} END`,
    fault: doubt(x, `CASE WHEN ${isPlain} THEN TRUE ELSE ${isWhole} END`),
  }
}

/** A float32 is rounded from the double, as JavaScript does it; whole numbers that may be rounded are in doubt. */
function floatCell(type: FeatureType, x: string): SourceConversion {
  const double = `TRY_CAST(${x} AS DOUBLE)`
  const isSingle = type.kind === 'float32'
  const value = isSingle ? `TRY_CAST(${double} AS FLOAT)` : double
  const isExact = isSingle
    ? `abs(${double}) < 16777216`
    : `(length(${x}) <= 15 OR abs(${double}) < 9007199254740992 OR CAST(${double} AS VARCHAR) = ${x})`
  const isNumber = `${matches(x, number)} AND isfinite(${value}) AND ${isExact}`
  const isSpecial = `${matches(x, special)} AND ${value} IS NOT NULL`
  return {
    value,
    fault: doubt(x, `CASE WHEN isfinite(${double}) THEN ${isNumber} ELSE ${isSpecial} END`),
  }
}

function timestampCell(x: string): SourceConversion {
  const isUtc = matches(x, utcTime)
  const utc = `TRY_CAST(upper(${x}) AS TIMESTAMP)`
  const shifted = `timezone('UTC', TRY_CAST(upper(${x}) AS TIMESTAMPTZ))`
  const value = `CASE WHEN ${isUtc} THEN ${utc} WHEN ${matches(x, offsetTime)} THEN ${shifted} END`
  return { value, fault: doubt(x, `year(${value}) BETWEEN 1 AND 9999`) }
}
