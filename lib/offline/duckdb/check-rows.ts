import { queryRows } from '../engine-client'
import type { BrokenCondition, ColumnTerms, RowsCheckRequest, RowsCheckResult } from '../port'
import { absolute } from './history'
import { identifier, list, text } from './sql'
import { countRepeats, firstRepeats, notIn, termFault, type WholeTerms } from './terms'

interface Condition {
  name: string
  kind: 'check' | 'term'
  column: string | null
  /** SQL that is true where a row breaks it. */
  broken: string
}

/** The terms of a column as one condition a rule, so that each is counted. */
function rulesOf(terms: ColumnTerms): [rule: string, alone: ColumnTerms][] {
  const { column, nullable, min, max, allowed, pattern, reasons } = terms
  const bare = { column, nullable: true, reasons }
  return [
    ...(nullable ? [] : [['nullable', { ...bare, nullable: false }] as [string, ColumnTerms]]),
    ...(min === undefined ? [] : [['min', { ...bare, min }] as [string, ColumnTerms]]),
    ...(max === undefined ? [] : [['max', { ...bare, max }] as [string, ColumnTerms]]),
    ...(allowed === undefined ? [] : [['allowed', { ...bare, allowed }] as [string, ColumnTerms]]),
    ...(pattern === undefined ? [] : [['pattern', { ...bare, pattern }] as [string, ColumnTerms]]),
  ]
}

function conditionsOf({ checks, terms, columns }: RowsCheckRequest): Condition[] {
  const types = new Map(columns.map(({ name, type }) => [name, type]))
  return [
    ...checks.map(
      ({ name, sql }): Condition => ({ name, kind: 'check', column: null, broken: `NOT (${sql})` }),
    ),
    ...terms.flatMap((own) => {
      const type = types.get(own.column)
      if (!type) return []
      return rulesOf(own).map(([rule, alone]): Condition => {
        const broken = `(${termFault(type, alone, identifier(own.column))}) IS NOT NULL`
        return { name: rule, kind: 'term', column: own.column, broken }
      })
    }),
  ]
}

async function brokenConditions(
  request: RowsCheckRequest,
  rows: string,
  signal?: AbortSignal,
): Promise<RowsCheckResult> {
  const conditions = conditionsOf(request)
  const counts = conditions.map(({ broken }) => `count(*) FILTER (${broken})`)
  const [[checked, ...found] = []] = await queryRows(
    `SELECT ${['count(*)', ...counts].join(', ')} FROM ${rows}`,
    [],
    signal,
  )
  const result: RowsCheckResult = { rows: Number(checked ?? 0), broken: [] }
  for (const [index, { broken, ...condition }] of conditions.entries()) {
    const count = Number(found[index] ?? 0)
    if (count === 0) continue
    const value = condition.column === null ? 'NULL' : `CAST(${identifier(condition.column)} AS VARCHAR)`
    const listed = await queryRows(
      `SELECT _row, ${value} FROM ${rows} AND (${broken}) ORDER BY _row LIMIT ${request.limit}`,
      [],
      signal,
    )
    const shown = listed.map(([row, one]) => ({
      row: Number(row),
      value: one === null || one === undefined ? null : String(one),
      first: null,
    }))
    result.broken.push({ ...condition, rows: count, listed: shown })
  }
  return result
}

const together = (columns: string[]) => {
  const names = columns.map(identifier)
  return `CASE WHEN ${names.map((name) => `${name} IS NOT NULL`).join(' AND ')} THEN row(${names.join(', ')}) END`
}

async function brokenSets(request: RowsCheckRequest, signal?: AbortSignal): Promise<BrokenCondition[]> {
  const terms: WholeTerms = {
    files: request.paths.map(absolute),
    without: request.withoutRows,
    afterRow: 0,
    limit: request.limit,
  }
  const broken: BrokenCondition[] = []
  for (const { name, columns } of request.unique) {
    const found = await queryRows(firstRepeats(terms, together(columns)), [], signal)
    if (found.length === 0) continue
    let rows = found.length
    if (rows >= request.limit) {
      const [[count] = []] = await queryRows(countRepeats(terms, [together(columns)]), [], signal)
      rows = Number(count)
    }
    const listed = found.map(([row, first]) => ({ row: Number(row), value: null, first: Number(first) }))
    broken.push({ name, kind: 'unique', column: null, rows, listed })
  }
  return broken
}

/** See OfflineStore.checkRows. */
export async function checkRows(request: RowsCheckRequest, signal?: AbortSignal): Promise<RowsCheckResult> {
  if (request.paths.length === 0) return { rows: 0, broken: [] }
  const files = list(request.paths.map((path) => text(absolute(path))))
  const rows = `read_parquet(${files}) WHERE _op <> 'delete'${notIn(request.withoutRows)}`
  const result = await brokenConditions(request, rows, signal)
  return { ...result, broken: [...result.broken, ...(await brokenSets(request, signal))] }
}
