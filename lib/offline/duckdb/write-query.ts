import { engineType } from '@/lib/core/feature-type'
import type { ColumnTerms, WriteSchema } from '../port'
import { operationColumn, rowColumn } from '../staged'
import { convertSource } from './convert-source'
import { storedColumns } from './history'
import { when } from './source-conversion'
import { sourceType } from './source-type'
import { identifier, text } from './sql'
import { termFault } from './terms'
import type { WritePlan } from './write-plan'

/** Everything that a write asks of the engine. `rows` has the stored columns beside `faults`, a list of structs. */
export interface WriteQuery {
  /** SELECT of one row per source row: stored columns, `_row`, `_op`, and __fault<i>/__raw<i> for each entry of `checks`. */
  rows: string
  /** Columns that can be at fault. */
  checks: { name: string; fault: string; raw: string }[]
}

const faultName = (index: number) => `__fault${index}`
const rawName = (index: number) => `__raw${index}`

/** DuckDB's type of each derived feature's expression is needed to convert it exactly. */
export type ExpressionTypes = Map<string, string>

/** The plain columns converted; a tombstone has no feature values and no faults in them. */
function converted(plan: WritePlan, schema: WriteSchema): WriteQuery {
  const identifying = new Set([...schema.keys.map(({ name }) => name), schema.eventTime])
  const checks: WriteQuery['checks'] = []
  const parts: string[] = []
  for (const { column, value, fault, raw } of plan.columns) {
    const plain = identifying.has(column.name)
    const kept = plain ? value : `CASE WHEN ${plan.operation} <> 'delete' THEN ${value} END`
    parts.push(`${kept} AS ${identifier(column.name)}`)
    if (fault === 'NULL') continue
    const index = checks.length
    const effective = plain ? fault : `CASE WHEN ${plan.operation} <> 'delete' THEN ${fault} END`
    parts.push(`${effective} AS ${faultName(index)}`, `${raw} AS ${rawName(index)}`)
    checks.push({ name: column.name, fault: faultName(index), raw: rawName(index) })
  }
  if (plan.operationFault !== 'NULL') {
    const index = checks.length
    parts.push(`${plan.operationFault} AS ${faultName(index)}`, `${plan.operation} AS ${rawName(index)}`)
    checks.push({ name: operationColumn, fault: faultName(index), raw: rawName(index) })
  }
  parts.push(`${plan.row} AS ${rowColumn}`, `${plan.operation} AS ${operationColumn}`)
  return { rows: `SELECT ${parts.join(', ')} FROM (${plan.relation})`, checks }
}

/** SELECT whose columns are the expressions of the derived features, for DESCRIBE; null when there is none. */
export function expressionQuery(plan: WritePlan, schema: WriteSchema): string | null {
  const derived = schema.features.filter(({ expression }) => expression)
  if (derived.length === 0) return null
  const expressions = derived.map(({ name, expression }) => `(${expression}) AS ${identifier(name)}`)
  return `SELECT ${expressions.join(', ')} FROM (${converted(plan, schema).rows})`
}

/**
 * The whole write. A derived feature is computed from its row's converted columns; a row that brings it must agree,
 * except where the inputs of its expression did not come with it.
 */
export function writeQuery(
  plan: WritePlan,
  schema: WriteSchema,
  types: ExpressionTypes,
  compare: boolean,
  terms: ColumnTerms[] = [],
): WriteQuery {
  const base = converted(plan, schema)
  if (types.size === 0) return base
  const checks = [...base.checks]
  const replaced: string[] = []
  const added: string[] = []
  for (const { name, type, expression } of schema.features) {
    const typeName = types.get(name)
    if (!expression || typeName === undefined) continue
    const brought = identifier(name)
    const { value, fault } = convertSource(sourceType(typeName), type, `(${expression})`)
    const present = `${operationColumn} <> 'delete'`
    const computed = `CASE WHEN ${present} THEN ${value} END`
    const kept = compare ? computed : `coalesce(${brought}, ${computed})`
    replaced.push(`CAST(${kept} AS ${engineType(type)}) AS ${brought}`)
    const disagrees = when([
      [`${present} AND ${brought} IS NOT NULL AND ${brought} IS DISTINCT FROM (${value})`, 'derived'],
    ])
    const faults = [
      ...(compare ? [disagrees] : []),
      ...(fault === 'NULL' ? [] : [`CASE WHEN ${present} THEN ${fault} END`]),
      ...terms
        .filter(({ column }) => column === name)
        .map((own) => `CASE WHEN ${present} THEN ${termFault(type, own, `(${kept})`)} END`),
    ]
    if (faults.length === 0) continue
    const index = checks.length
    added.push(`coalesce(${[...faults, 'NULL'].join(', ')}) AS ${faultName(index)}`)
    added.push(`CAST(coalesce(${brought}, (${expression})) AS VARCHAR) AS ${rawName(index)}`)
    checks.push({ name, fault: faultName(index), raw: rawName(index) })
  }
  const further = added.length > 0 ? `, ${added.join(', ')}` : ''
  return { rows: `SELECT * REPLACE (${replaced.join(', ')})${further} FROM (${base.rows})`, checks }
}

const anyFault = ({ checks }: WriteQuery) => checks.map(({ fault }) => `${fault} IS NOT NULL`).join(' OR ')

export const countFaulty = (query: WriteQuery): string =>
  `SELECT count(*) FROM (${query.rows}) WHERE ${anyFault(query)}`

/** Rows of (row, column, raw text, rule), at most `limit`. */
export function listFaults(query: WriteQuery, limit: number): string {
  const structs = query.checks.map(
    ({ name, fault, raw }) => `{'c': ${text(name)}, 'v': CAST(${raw} AS VARCHAR), 'r': ${fault}}`,
  )
  const found = `list_filter([${structs.join(', ')}], lambda __fault: struct_extract(__fault, 'r') IS NOT NULL)`
  const rows = `SELECT ${rowColumn}, unnest(${found}) AS f FROM (${query.rows}) WHERE ${anyFault(query)}`
  return `SELECT ${rowColumn}, f.c, f.v, f.r FROM (${rows}) ORDER BY ${rowColumn} LIMIT ${limit}`
}

/** The good rows in file order: by key, time, operation (a tombstone last) and row. */
export function goodRows(query: WriteQuery, schema: WriteSchema): string {
  const columns = [...storedColumns(schema).map(({ name }) => identifier(name)), rowColumn, operationColumn]
  const order = [
    ...schema.keys.map(({ name }) => identifier(name)),
    identifier(schema.eventTime),
    `${operationColumn} = 'delete'`,
    rowColumn,
  ]
  const filter = query.checks.length > 0 ? ` WHERE NOT (${anyFault(query)})` : ''
  return `SELECT ${columns.join(', ')} FROM (${query.rows})${filter} ORDER BY ${order.join(', ')}`
}
