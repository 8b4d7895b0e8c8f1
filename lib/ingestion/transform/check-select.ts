import { invalidField } from '@/lib/core/errors'
import { parseSelect } from './parse-select'

const pointer = '/transformation/sql'

/** The only ways to make rows from nothing; every other table function reads files, settings or the catalogue. */
const tableFunctions = new Set(['range', 'generate_series', 'unnest'])

const relations = new Set(['BASE_TABLE', 'TABLE_FUNCTION', 'JOIN', 'SUBQUERY', 'EXPRESSION_LIST', 'EMPTY'])

/** Their value is another one tomorrow, on another machine, or for another reader. */
const unsteady = new Set([
  'now',
  'today',
  'current_date',
  'current_time',
  'current_timestamp',
  'get_current_time',
  'get_current_timestamp',
  'current_localtime',
  'current_localtimestamp',
  'localtime',
  'localtimestamp',
  'transaction_timestamp',
  'random',
  'setseed',
  'uuid',
  'uuidv4',
  'uuidv7',
  'gen_random_uuid',
  'getenv',
  'getvariable',
  'current_setting',
  'version',
  'current_user',
  'session_user',
  'user',
  'current_role',
  'current_schema',
  'current_schemas',
  'current_database',
  'current_catalog',
  'current_query',
  'current_connection_id',
  'current_query_id',
  'current_transaction_id',
  'txid_current',
  'pg_backend_pid',
  'nextval',
  'currval',
  'write_log',
  'sleep_ms',
  'read_text',
  'read_blob',
])

/** The same without brackets, where the parser takes them for columns. */
const unsteadyNames = new Set([
  'current_date',
  'current_time',
  'current_timestamp',
  'localtime',
  'localtimestamp',
])

type Json = Record<string, unknown>

const textOf = (node: Json, name: string): string => (typeof node[name] === 'string' ? node[name] : '')

interface Walk {
  /** Names of common table expressions that are in sight. */
  scope: ReadonlySet<string>
  tables: Set<string>
}

const refuse = (reason: string) => invalidField(pointer, reason, 'sql_not_allowed')

function lookAtTable(node: Json, { scope, tables }: Walk): void {
  const name = textOf(node, 'table_name')
  if (textOf(node, 'schema_name') || textOf(node, 'catalog_name')) {
    throw refuse(`\`${name}\` is named with a schema; inputs are named alone.`)
  }
  if (node.sample) throw refuse('TABLESAMPLE gives other rows each time.')
  if (node.at_clause) throw refuse(`\`${name}\` has no earlier states to read.`)
  if (!scope.has(name.toLowerCase())) tables.add(name)
}

function lookAtRelation(node: Json, walk: Walk): void {
  const type = textOf(node, 'type')
  if (!relations.has(type)) throw refuse(`${type.toLowerCase()} is not allowed in a transformation.`)
  if (type === 'BASE_TABLE') lookAtTable(node, walk)
  if (type !== 'TABLE_FUNCTION') return
  const call = node.function
  const name = isObject(call) ? textOf(call, 'function_name').toLowerCase() : ''
  if (!tableFunctions.has(name))
    throw refuse(`The table function ${name}() is not allowed; read declared inputs.`)
}

function lookAtExpression(node: Json): void {
  const kind = textOf(node, 'class')
  if (kind === 'PARAMETER')
    throw refuse(`$${textOf(node, 'identifier')} is unknown; there are $from and $to.`)
  if (kind === 'FUNCTION' && unsteady.has(textOf(node, 'function_name').toLowerCase())) {
    throw refuse(`${textOf(node, 'function_name')}() does not give the same value each time.`)
  }
  const [column, ...more] = kind === 'COLUMN_REF' && Array.isArray(node.column_names) ? node.column_names : []
  if (more.length === 0 && typeof column === 'string' && unsteadyNames.has(column.toLowerCase())) {
    throw refuse(`${column} does not give the same value each time.`)
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Common table expressions of a query see those before them, and themselves when recursive. */
function enterExpressions(node: Json, walk: Walk): Walk {
  const map = isObject(node.cte_map) ? node.cte_map.map : null
  if (!Array.isArray(map)) return walk
  let scope = walk.scope
  for (const entry of map.filter(isObject)) {
    const name = textOf(entry, 'key').toLowerCase()
    const recursive = JSON.stringify(entry.value ?? null).includes('"RECURSIVE_CTE_NODE"')
    const within = recursive ? new Set([...scope, name]) : scope
    visit(entry.value, { ...walk, scope: within })
    scope = new Set([...scope, name])
  }
  return { ...walk, scope }
}

/** A tree as deep as its text is long cannot come here: the parser stops far earlier. */
function visit(value: unknown, walk: Walk): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, walk)
    return
  }
  if (!isObject(value)) return
  const inside = enterExpressions(value, walk)
  if (isObject(value.from_table)) lookAtRelation(value.from_table, inside)
  for (const side of [value.left, value.right]) {
    if (textOf(value, 'type') === 'JOIN' && isObject(side)) lookAtRelation(side, inside)
  }
  lookAtExpression(value)
  for (const [name, member] of Object.entries(value)) if (name !== 'cte_map') visit(member, inside)
}

/**
 * Makes sure that a transformation is one SELECT that reads nothing but its declared inputs and always gives the same
 * rows for the same inputs. Pass the SQL with its window bound.
 * @throws DomainError `invalid` that names what is wrong.
 */
export async function checkSelect(sql: string, inputs: readonly string[]): Promise<void> {
  const node = await parseSelect(sql)
  const tables = new Set<string>()
  visit(node, { scope: new Set(), tables })
  const declared = new Set(inputs)
  const unknown = [...tables].filter((name) => !declared.has(name.toLowerCase()))
  if (unknown.length > 0) {
    const names = unknown.map((name) => `\`${name}\``).join(', ')
    throw refuse(`The SQL reads ${names}, which the transformation does not declare as input.`)
  }
}
