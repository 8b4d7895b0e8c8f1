import { type FeatureType, isNumericType } from '@/lib/core/feature-type'
import type { ColumnTerms } from '../port'
import { list, literal, text } from './sql'

const bounds = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
} as const

type Side = 'min' | 'max'

/** An integer compared with a bound that may be a fraction or lie outside its type. */
function integerBreaks(kind: 'int32' | 'int64', value: string, side: Side, bound: number): string {
  const [least, greatest] = bounds[kind]
  const whole = side === 'min' ? Math.ceil(bound) : Math.floor(bound)
  if (whole === Number.POSITIVE_INFINITY || BigInt(whole) > greatest)
    return side === 'min' ? `${value} IS NOT NULL` : 'FALSE'
  if (BigInt(whole) < least) return side === 'min' ? 'FALSE' : `${value} IS NOT NULL`
  return `${value} ${side === 'min' ? '<' : '>'} ${BigInt(whole)}`
}

/** Values are compared as the numbers that they print; NaN is within no bound. */
function breaks(type: FeatureType, value: string, side: Side, bound: number): string {
  if (type.kind === 'int32' || type.kind === 'int64') return integerBreaks(type.kind, value, side, bound)
  const double =
    type.kind === 'decimal' ? `CAST(CAST(${value} AS VARCHAR) AS DOUBLE)` : `CAST(${value} AS DOUBLE)`
  const outside = `${double} ${side === 'min' ? '<' : '>'} '${bound}'::DOUBLE`
  return type.kind === 'decimal' ? outside : `isnan(${value}) OR ${outside}`
}

/** SQL that names the first rule that a value breaks, or NULL; `value` is SQL of the column's own type. */
export function termFault(type: FeatureType, terms: ColumnTerms, value: string): string {
  const { nullable, min, max, allowed, pattern } = terms
  const rules: [condition: string, rule: string][] = []
  if (!nullable) rules.push([`${value} IS NULL`, 'nullable'])
  if (isNumericType(type)) {
    if (min !== undefined) rules.push([breaks(type, value, 'min', min), 'min'])
    if (max !== undefined) rules.push([breaks(type, value, 'max', max), 'max'])
  }
  if (allowed) {
    const known = allowed.map((one) => literal(type, one))
    rules.push([
      known.length === 0 ? `${value} IS NOT NULL` : `${value} NOT IN (${known.join(', ')})`,
      'allowed',
    ])
  }
  if (pattern) {
    const matches = `regexp_matches(${value}, ${text(pattern.re2)})`
    rules.push([`length(${value}) > ${pattern.longestText} OR NOT ${matches}`, 'pattern'])
  }
  if (rules.length === 0) return 'NULL'
  return `CASE ${rules.map(([condition, rule]) => `WHEN ${condition} THEN '${rule}'`).join(' ')} END`
}

/** What is asked of written files as a whole. */
export interface WholeTerms {
  files: string[]
  /** Rows that count as refused already. */
  without: number[]
  /** Only repetitions in later rows than this one are listed. */
  afterRow: number
  limit: number
}

const notIn = (rows: number[]) => (rows.length > 0 ? ` AND _row NOT IN (${rows.join(', ')})` : '')

const rowsOf = ({ files, without }: WholeTerms, column: string) =>
  `SELECT _row, ${column} AS x FROM read_parquet(${list(files.map(text))}) WHERE _op <> 'delete'${notIn(without)}`

/** SELECT of row, first row of the same value and the value as text, of values that stand in several rows. */
function repeats(terms: WholeTerms, column: string): string {
  const rows = rowsOf(terms, column)
  const firsts = `SELECT x, min(_row) AS first FROM (${rows}) WHERE x IS NOT NULL GROUP BY x HAVING count(*) > 1`
  return (
    `SELECT w._row, f.first, CAST(w.x AS VARCHAR) AS shown FROM (${rows}) w JOIN (${firsts}) f ON w.x = f.x ` +
    `WHERE w._row <> f.first AND w._row > ${terms.afterRow}`
  )
}

export const firstRepeats = (terms: WholeTerms, column: string): string =>
  `${repeats(terms, column)} ORDER BY w._row LIMIT ${terms.limit}`

/** One row of (rows, nulls of each column). */
export const nullCounts = ({ files, without }: WholeTerms, columns: string[]): string =>
  `SELECT count(*), ${columns.map((column) => `count(*) - count(${column})`).join(', ')} FROM ` +
  `read_parquet(${list(files.map(text))}) WHERE _op <> 'delete'${notIn(without)}`

/** How many rows hold a value of any of these columns that stood in an earlier row. */
export const countRepeats = (terms: WholeTerms, columns: string[]): string =>
  `SELECT count(DISTINCT _row) FROM (${columns.map((column) => repeats(terms, column)).join(' UNION ALL ')})`
