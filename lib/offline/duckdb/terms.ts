import { type FeatureType, isNumericType, scaledInteger } from '@/lib/core/feature-type'
import type { ColumnTerms } from '../port'
import { list, literal, text } from './sql'

type Side = 'min' | 'max'
type ExactType = { kind: 'int32' | 'int64' } | Extract<FeatureType, { kind: 'decimal' }>

/** Least and greatest value of a type in its smallest unit, and how many of those make one. */
function span(type: ExactType): { least: bigint; greatest: bigint; scale: number } {
  if (type.kind !== 'decimal') {
    const half = 2n ** (type.kind === 'int32' ? 31n : 63n)
    return { least: -half, greatest: half - 1n, scale: 0 }
  }
  const greatest = 10n ** BigInt(type.precision) - 1n
  return { least: -greatest, greatest, scale: type.scale }
}

/** An integer of smallest units as a literal of the type. */
function exactLiteral(type: ExactType, units: bigint): string {
  if (type.kind !== 'decimal') return String(units)
  const digits = String(units < 0n ? -units : units).padStart(type.scale + 1, '0')
  const whole = digits.slice(0, digits.length - type.scale)
  const fraction = type.scale > 0 ? `.${digits.slice(digits.length - type.scale)}` : ''
  return `CAST('${units < 0n ? '-' : ''}${whole}${fraction}' AS DECIMAL(${type.precision}, ${type.scale}))`
}

/** Compared digit by digit with a bound that may be finer than the type or lie outside it. */
function exactBreaks(type: ExactType, value: string, side: Side, bound: string): string {
  const { least, greatest, scale } = span(type)
  const units = scaledInteger(bound, scale, side === 'min' ? 'ceil' : 'floor')
  // A number of more than 400 digits lies outside of every type.
  const isAbove = units === null ? !bound.startsWith('-') && Number(bound) > 1 : units > greatest
  const isBelow = units === null ? bound.startsWith('-') && Number(bound) < -1 : units < least
  if (isAbove) return side === 'min' ? `${value} IS NOT NULL` : 'FALSE'
  if (isBelow) return side === 'min' ? 'FALSE' : `${value} IS NOT NULL`
  return `${value} ${side === 'min' ? '<' : '>'} ${exactLiteral(type, units ?? 0n)}`
}

/** Values are compared as the numbers that they print; NaN is within no bound. */
function breaks(type: FeatureType, value: string, side: Side, bound: number | string): string {
  const { kind } = type
  if (kind === 'int32' || kind === 'int64') return exactBreaks({ kind }, value, side, String(bound))
  if (type.kind === 'decimal') return exactBreaks(type, value, side, String(bound))
  const outside = `CAST(${value} AS DOUBLE) ${side === 'min' ? '<' : '>'} '${bound}'::DOUBLE`
  return `isnan(${value}) OR ${outside}`
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

export const notIn = (rows: number[]) => (rows.length > 0 ? ` AND _row NOT IN (${rows.join(', ')})` : '')

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
