import { type FeatureType, isNumericType } from '@/lib/core/feature-type'
import type { Column } from '../port'
import { identifier, list, text } from './sql'

/** What can be averaged and binned. */
export const isNumeric = (type: FeatureType): boolean => isNumericType(type)

/** What has a least and a greatest value that mean something. */
const isOrdered = (type: FeatureType): boolean =>
  isNumeric(type) || type.kind === 'string' || type.kind === 'date' || type.kind === 'timestamp'

const isFloat = (type: FeatureType) => type.kind === 'float32' || type.kind === 'float64'

/** The value as a text that `convertText` of its type reads back. */
function textOf(type: FeatureType, x: string): string {
  if (type.kind === 'bytes') return `to_base64(${x})`
  if (type.kind === 'array' || type.kind === 'embedding') return `CAST(to_json(${x}) AS VARCHAR)`
  return `CAST(${x} AS VARCHAR)`
}

const double = (x: string) => `CAST(${x} AS DOUBLE)`

/** NaN falls into a first bin and counts as the largest value unless it is taken out first. */
const finite = ({ name, type }: Column): string => {
  const x = identifier(name)
  return isFloat(type) ? `CASE WHEN isfinite(${x}) THEN ${double(x)} END` : double(x)
}

/** Cells of one column in the first pass: present, NaN, +Inf, −Inf, min, max, trues, least, greatest. */
export const firstPassCells = 9

function firstPassOf(column: Column): string[] {
  const { type } = column
  const x = identifier(column.name)
  const special = (test: string) => (isFloat(type) ? `count(*) FILTER (${test})` : '0')
  const number = isNumeric(type) ? finite(column) : null
  return [
    `count(${x})`,
    special(`isnan(${x})`),
    special(`isinf(${x}) AND ${x} > 0`),
    special(`isinf(${x}) AND ${x} < 0`),
    number ? `min(${number})` : 'NULL',
    number ? `max(${number})` : 'NULL',
    type.kind === 'bool' ? `count(*) FILTER (${x})` : 'NULL',
    isOrdered(type) ? textOf(type, `min(${x})`) : 'NULL',
    isOrdered(type) ? textOf(type, `max(${x})`) : 'NULL',
  ]
}

export const firstPass = (relation: string, columns: Column[]): string =>
  `SELECT ${['count(*)', ...columns.flatMap(firstPassOf)].join(', ')} FROM (${relation})`

/** What the second pass needs to know of a numeric column. */
export interface SecondPassColumn {
  column: Column
  /** Divides the values, so that squares of very large ones stay finite. */
  scale: number
  edges: number[]
  /** Exact ones hold every value in memory. */
  quantiles: boolean
}

/** Cells of one column in the second pass: count, mean ÷ scale, M2 ÷ scale², deciles, histogram as (edge, count). */
export const secondPassCells = 5

const decileFractions = list(['0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9'])

/** The shortest text of a double is a SQL literal that reads back the same. */
const doubles = (values: number[]) => list(values.map((value) => `'${value}'::DOUBLE`))

export function secondPass(relation: string, columns: SecondPassColumn[]): string {
  const cells = columns.flatMap(({ column, scale, edges, quantiles }) => {
    const value = finite(column)
    const scaled = scale === 1 ? value : `(${value} / '${scale}'::DOUBLE)`
    return [
      `count(${value})`,
      `avg(${scaled})`,
      `var_pop(${scaled}) * count(${value})`,
      quantiles ? `quantile_cont(${value}, ${decileFractions})` : 'NULL',
      edges.length === 0 ? 'NULL' : `histogram(${value}, ${doubles(edges)})`,
    ]
  })
  return `SELECT ${cells.join(', ')} FROM (${relation})`
}

const mostTop = 50

/** Rows of (column, value as text, count, distinct values in all), the most frequent first. */
export function topValues(relation: string, columns: Column[]): string {
  const queries = columns.map(({ name, type }) => {
    const x = identifier(name)
    const groups = `SELECT ${x} AS x, count(*) AS c FROM (${relation}) WHERE ${x} IS NOT NULL GROUP BY ${x}`
    const most = `SELECT x, c, count(*) OVER () AS n FROM (${groups}) ORDER BY c DESC, x LIMIT ${mostTop}`
    return `(SELECT ${text(name)} AS name, ${textOf(type, 'x')} AS value, c, n FROM (${most}) ORDER BY c DESC, x)`
  })
  return queries.join(' UNION ALL ')
}
