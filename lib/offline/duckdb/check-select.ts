import type { WriteSource } from '../port'
import { SelectError } from './select-error'
import { isNode, parseSql, type SqlNode, unsettled } from './sql-tree'

/** Sources of rows that need no file and give the same rows each time. */
const allowedTableFunctions = new Set(['range', 'generate_series', 'unnest', 'repeat'])

/**
 * Refuses SQL that is not one SELECT over its inputs: other tables, files, functions that read the outside or answer
 * differently each time. The engine's own folders hold every group's history, so its confinement alone is not enough.
 * Throws SelectError.
 */
export async function checkSelect(
  { sql, inputs }: Pick<Extract<WriteSource, { kind: 'select' }>, 'sql' | 'inputs'>,
  signal?: AbortSignal,
): Promise<void> {
  const tree = await parseSql(sql, signal)
  if (!tree) throw new SelectError('The SQL cannot be read.')
  if (tree.error === true) throw notOneSelect(tree, sql)
  const statements = Array.isArray(tree.statements) ? tree.statements : []
  if (statements.length !== 1) throw new SelectError('The SQL must be exactly one SELECT.')
  const known = new Set(inputs.map(({ name }) => name))
  collectCtes(tree, known)
  visit(tree, known, sql)
}

const notOneSelect = ({ error_message: said, position }: SqlNode, sql: string) =>
  new SelectError(
    `The SQL is not one SELECT: ${String(said)}`,
    position === undefined ? null : characterAt(sql, position),
  )

/** The engine counts bytes. */
function characterAt(sql: string, byte: unknown): number | null {
  const at = Number(byte)
  const bytes = Buffer.from(sql)
  return Number.isInteger(at) && at <= bytes.length ? bytes.subarray(0, at).toString().length : null
}

function collectCtes(node: unknown, known: Set<string>): void {
  if (Array.isArray(node)) for (const item of node) collectCtes(item, known)
  else if (isNode(node)) {
    const map = isNode(node.cte_map) ? node.cte_map.map : null
    if (Array.isArray(map)) for (const entry of map) if (isNode(entry)) known.add(cteName(entry))
    for (const member of Object.values(node)) collectCtes(member, known)
  }
}

/** Outside its scope such a name would be looked up as a table or file: only a plain one is no file. */
function cteName({ key }: SqlNode): string {
  const name = String(key)
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw new SelectError(`The SQL names a subquery \`${name}\`; use a plain name.`)
  return name
}

function visit(node: unknown, known: Set<string>, sql: string): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, known, sql)
    return
  }
  if (!isNode(node)) return
  const fault = faultOf(node, known)
  if (fault !== null) throw new SelectError(fault, characterAt(sql, node.query_location))
  for (const member of Object.values(node)) visit(member, known, sql)
}

function faultOf(node: SqlNode, known: Set<string>): string | null {
  if (node.type === 'BASE_TABLE') {
    const isInput = known.has(String(node.table_name)) && node.schema_name === ''
    return isInput ? null : `The SQL reads \`${String(node.table_name)}\`, which is not one of its inputs.`
  }
  if (node.type === 'TABLE_FUNCTION' && isNode(node.function)) {
    const name = String(node.function.function_name)
    return allowedTableFunctions.has(name) ? null : `The SQL may not call \`${name}\`.`
  }
  if (node.type === 'SHOW_REF') return 'The SQL may not describe tables.'
  if (node.class === 'FUNCTION' && unsettled.test(String(node.function_name)))
    return `The SQL calls \`${String(node.function_name)}\`, which does not give the same rows each time.`
  if (isNode(node.sample)) return 'The SQL takes a random sample.'
  return null
}
