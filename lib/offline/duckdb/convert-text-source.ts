import { engineType, type FeatureType } from '@/lib/core/feature-type'
import { hasRepeatedMember, isJson, jsonConversion, withNumberTexts } from './json-text'
import { isSameNumber, lastPlace, shortestFloat } from './number-text'
import { type SourceConversion, when } from './source-conversion'
import { text } from './sql'

const numberPattern = '-?\\d+(\\.\\d*)?([eE][+-]?\\d+)?'
const wholePattern = '-?\\d+(\\.0*)?'
const specialPattern = '(?i)(nan|[+-]?inf(inity)?)'
const datePattern = '\\d{4}-\\d{2}-\\d{2}'
const timePattern =
  '\\d{4}-\\d{2}-\\d{2}[Tt ]([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?([Zz]|[+-]([01]\\d|2[0-3]):[0-5]\\d)?'

const matches = (x: string, pattern: string) => `regexp_full_match(${x}, ${text(pattern)})`

/** A text of a user's file → feature, by the same rules as `convertText`; see source-conversion for the shape. */
export function textConversion(type: FeatureType, x: string, depth = 0): SourceConversion {
  const value = `TRY_CAST(${x} AS ${engineType(type)})`
  switch (type.kind) {
    case 'bool':
      return { value, fault: when([[`NOT ${matches(x, '(?i)(true|false)')}`, 'type']]) }
    case 'int32':
    case 'int64':
      return integerText(type, x)
    case 'float32':
    case 'float64':
      return floatText(type, x)
    case 'decimal':
      return decimalText(type, x)
    case 'string':
      return { value: x, fault: when([[`contains(${x}, chr(0))`, 'nul_character']]) }
    case 'bytes':
      return bytesText(x)
    case 'date':
      return dateText(x)
    case 'timestamp':
      return timestampText(x)
    case 'json':
      return jsonConversion(x, depth === 0)
    default:
      return listText(type, x, depth)
  }
}

/** Whole numbers exactly, however they are spelled. */
function integerText(type: FeatureType, x: string): SourceConversion {
  const plain = `TRY_CAST(regexp_replace(${x}, '\\.0*$', '') AS ${engineType(type)})`
  const spelled = `TRY_CAST(TRY_CAST(${x} AS DECIMAL(38, 0)) AS ${engineType(type)})`
  const isPlain = matches(x, wholePattern)
  const value = `CASE WHEN ${isPlain} THEN ${plain} ELSE ${spelled} END`
  return {
    value,
    fault: when([
      [`NOT ${matches(x, numberPattern)}`, 'type'],
      [
        `NOT ${isPlain} AND ${lastPlace(x)} < 0 AND abs(TRY_CAST(${x} AS DOUBLE)) <= 9223372036854775807`,
        'integral',
      ],
      [`${x} IS NOT NULL AND (${value}) IS NULL`, 'range'],
    ]),
  }
}

/** A float32 is rounded from the double, as JavaScript does it. */
function floatText(type: FeatureType, x: string): SourceConversion {
  const double = `TRY_CAST(${x} AS DOUBLE)`
  const isSingle = type.kind === 'float32'
  const value = isSingle ? `TRY_CAST(${double} AS FLOAT)` : double
  const isNumber = matches(x, numberPattern)
  const texts = [`CAST(CAST(${value} AS DOUBLE) AS VARCHAR)`, ...(isSingle ? [shortestFloat(value)] : [])]
  const isExact = `TRY_CAST(${value} AS HUGEINT) = TRY_CAST(TRY_CAST(${x} AS DECIMAL(38, 0)) AS HUGEINT)`
  const isHeld = [isExact, ...texts.map((one) => isSameNumber(x, one))].join(' OR ')
  return {
    value,
    fault: when([
      [`NOT ${isNumber} AND NOT ${matches(x, specialPattern)}`, 'type'],
      [`${isNumber} AND (${value} IS NULL OR NOT isfinite(${value}))`, 'range'],
      [
        `length(${x}) > ${isSingle ? 7 : 15} AND ${isNumber} AND ${value} = trunc(${value}) ` +
          `AND ${lastPlace(x)} >= 0 AND (${isHeld}) IS NOT TRUE`,
        'precision',
      ],
    ]),
  }
}

function decimalText(type: Extract<FeatureType, { kind: 'decimal' }>, x: string): SourceConversion {
  const hasPower = matches(x, '.*[eE].*')
  // The engine puts the digits before the power into the type first.
  const wide = `CASE WHEN ${hasPower} THEN TRY_CAST(${x} AS DECIMAL(38, ${type.scale}))`
  const value = `TRY_CAST(${wide} ELSE TRY_CAST(${x} AS ${engineType(type)}) END AS ${engineType(type)})`
  return {
    value,
    fault: when([
      [`NOT ${matches(x, numberPattern)}`, 'type'],
      [
        `${matches(x, `-?\\d+\\.\\d{${type.scale}}\\d*[1-9]\\d*`)} OR (${hasPower} AND ${lastPlace(x)} < ${-type.scale})`,
        'precision',
      ],
      [`${x} IS NOT NULL AND ${value} IS NULL`, 'range'],
    ]),
  }
}

function bytesText(x: string): SourceConversion {
  const shape = '([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?'
  const fits = matches(x, shape)
  return { value: `CASE WHEN ${fits} THEN from_base64(${x}) END`, fault: when([[`NOT ${fits}`, 'type']]) }
}

function dateText(x: string): SourceConversion {
  const value = `TRY_CAST(${x} AS DATE)`
  return {
    value,
    fault: when([
      [`NOT ${matches(x, datePattern)}`, 'type'],
      [`${x} IS NOT NULL AND (${value} IS NULL OR year(${value}) < 1)`, 'range'],
    ]),
  }
}

function timestampText(x: string): SourceConversion {
  const value = `timezone('UTC', TRY_CAST(upper(${x}) AS TIMESTAMPTZ))`
  return {
    value,
    fault: when([
      [`NOT ${matches(x, timePattern)} AND NOT ${matches(x, datePattern)}`, 'type'],
      [`regexp_matches(${x}, '\\.\\d{6}\\d*[1-9]')`, 'precision'],
      [`${x} IS NOT NULL AND (${value} IS NULL OR year(${value}) NOT BETWEEN 1 AND 9999)`, 'range'],
    ]),
  }
}

const leafOf = (type: FeatureType): FeatureType => (type.kind === 'array' ? leafOf(type.element) : type)

const isNumber = (kind: FeatureType['kind']) => /^(int|float|decimal)/.test(kind)

/** A JSON array in a cell: its elements as texts, each converted as a cell of the element's type would be. */
function listText(type: FeatureType, x: string, depth: number): SourceConversion {
  const isEmbedding = type.kind === 'embedding'
  const element: FeatureType = type.kind === 'array' ? type.element : { kind: 'float32' }
  const leaf = leafOf(element).kind
  const isArray = `(${isJson(x)} AND json_type(CASE WHEN ${isJson(x)} THEN ${x} END) = 'ARRAY')`
  const read = isNumber(leaf) ? withNumberTexts(x) : x
  const itemText =
    element.kind === 'json' ? `nullif(CAST(__j${depth} AS VARCHAR), 'null')` : `__j${depth} ->> '$'`
  const items = `CASE WHEN ${isArray} THEN list_transform(from_json(${read}, '["JSON"]'), lambda __j${depth}: ${itemText}) END`
  const item = `__e${depth}`
  const inner = textConversion(element, item, depth + 1)
  const value = `CAST(list_transform(${items}, lambda ${item}: ${inner.value}) AS ${engineType(type)})`
  const elementFaults = `list_filter(list_transform(${items}, lambda ${item}: ${inner.fault}), lambda __f${depth}: __f${depth} IS NOT NULL)[1]`
  const shape: [string, string][] = isEmbedding
    ? [
        [`len(${items}) <> ${type.dimension}`, 'dimension'],
        [
          `len(list_filter(${value}, lambda __v${depth}: __v${depth} IS NULL OR NOT isfinite(__v${depth}))) > 0`,
          'range',
        ],
      ]
    : []
  if (depth === 0 && leaf === 'json') shape.push([hasRepeatedMember(x), 'duplicate_member'])
  return {
    value,
    fault: `coalesce(${[when([[`NOT ${isArray}`, 'type']]), elementFaults, ...shape.map((one) => when([one]))].join(', ')})`,
  }
}
