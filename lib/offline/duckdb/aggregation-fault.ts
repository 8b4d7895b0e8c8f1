import { isNode, parseSql, type SqlNode } from './sql-tree'

interface Guarded {
  table: string
  keys: readonly string[]
}

/** Functions that tell of many rows and give back none: not min, max, first, list, mode and their like. */
const tellsOfMany =
  /^(count|count_star|count_if|sum|sum_no_overflow|fsum|kahan_sum|sumkahan|avg|mean|favg|stddev|stddev_pop|stddev_samp|variance|var_pop|var_samp|sem|median|quantile_cont|approx_quantile|approx_count_distinct|corr|covar_pop|covar_samp|regr_\w+|skewness|kurtosis|kurtosis_pop|entropy)$/i

const lower = (text: unknown) => String(text).toLowerCase()
const listOf = (value: unknown): SqlNode[] => (Array.isArray(value) ? value.filter(isNode) : [])

/** Nodes directly below, whatever member they stand in. */
const below = (node: SqlNode): SqlNode[] =>
  Object.values(node).flatMap((value) => (isNode(value) ? [value] : listOf(value)))

const some = (node: SqlNode, test: (one: SqlNode) => boolean): boolean =>
  test(node) || below(node).some((one) => some(one, test))

/** An expression without its place in the text and its alias: equal for equal expressions. */
const shape = (node: SqlNode): string =>
  JSON.stringify(node, (name, value: unknown) =>
    name === 'query_location' || name === 'alias'
      ? undefined
      : typeof value === 'string'
        ? lower(value)
        : value,
  )

const columnOf = (node: SqlNode): string | null =>
  node.class === 'COLUMN_REF' && Array.isArray(node.column_names) ? lower(node.column_names.at(-1)) : null

const columnsIn = (node: SqlNode): string[] => [
  ...(columnOf(node) === null ? [] : [columnOf(node) ?? '']),
  ...below(node).flatMap(columnsIn),
]

/** A constant or a parameter such as $from. */
const isFixed = (node: SqlNode) => node.class === 'CONSTANT' || node.class === 'PARAMETER'

const isAggregate = (node: SqlNode) =>
  node.class === 'FUNCTION' && tellsOfMany.test(String(node.function_name))

/** Whether an expression gives the same for a whole group: from its keys, aggregates and constants alone. */
function isOfTheGroup(node: SqlNode, groups: ReadonlySet<string>): boolean {
  if (isFixed(node) || groups.has(shape(node)) || isAggregate(node)) return true
  if (['COLUMN_REF', 'STAR', 'WINDOW', 'SUBQUERY'].includes(String(node.class))) return false
  // What is no expression (a type, an order) has no class: what stands below it decides.
  return below(node).every((one) => isOfTheGroup(one, groups))
}

/** `GROUP BY 1` and `GROUP BY alias` mean an expression of the list. */
function resolved(group: SqlNode, items: SqlNode[]): SqlNode {
  const value = isNode(group.value) ? group.value.value : undefined
  if (group.class === 'CONSTANT' && typeof value === 'number') return items[value - 1] ?? group
  const name = columnOf(group)
  return items.find(({ alias }) => name !== null && lower(alias) === name) ?? group
}

function selectFault(select: SqlNode, { table, keys }: Guarded): string | null {
  const items = listOf(select.select_list)
  const from = isNode(select.from_table) ? select.from_table : null
  if (from?.type !== 'BASE_TABLE')
    return `the SELECT that reads ${table} has to read it alone, without a join.`
  const isAll = select.aggregate_handling === 'FORCE_AGGREGATES'
  const stated = isAll
    ? items.filter((item) => !some(item, isAggregate))
    : listOf(select.group_expressions).map((group) => resolved(group, items))
  const grouped = stated.flatMap(columnsIn)
  if (keys.length > 0 && keys.every((key) => grouped.includes(lower(key))))
    return `grouping by ${keys.join(', ')} gives one value for each key; group by less than the whole key.`
  const filters = [select.where_clause, select.having, select.qualify].filter(isNode)
  const single = keys.find((key) => filters.flatMap(columnsIn).includes(lower(key)))
  if (single) return `a condition on the key \`${single}\` singles out; leave it away.`
  const groups = new Set(stated.map(shape))
  const raw = items.find((item) => !isOfTheGroup(item, groups))
  if (stated.length === 0 && !items.some((item) => some(item, isAggregate)))
    return `the SELECT that reads ${table} has to aggregate (count, sum, avg, median …).`
  if (raw) {
    const [column] = columnsIn(raw)
    return `the SELECT that reads ${table} gives ${column ? `\`${column}\`` : 'a value'} outside an aggregate that tells of many rows (count, sum, avg, stddev, median, quantiles; not min, max, first or list).`
  }
  return null
}

const reads = (node: SqlNode, table: string): boolean =>
  node.type === 'BASE_TABLE' && lower(node.table_name) === lower(table)

/** The SELECTs whose own FROM names the table, and whether something else does, such as a PIVOT. */
function readersOf(node: SqlNode, table: string, nearest: SqlNode | null): (SqlNode | null)[] {
  const select = node.type === 'SELECT_NODE' ? node : nearest
  const own = reads(node, table) ? [select] : []
  return [...own, ...below(node).flatMap((one) => readersOf(one, table, select))]
}

/**
 * Why a statement would give single rows of a guarded table, in words that follow a colon; null when each SELECT that
 * reads it reads it alone, groups by less than its whole key, has no condition on a key, and gives only its groups and
 * aggregates that tell of many rows. Read from the engine's own parse of the statement.
 */
export async function aggregationFault(
  sql: string,
  guarded: Guarded,
  signal?: AbortSignal,
): Promise<string | null> {
  const tree = await parseSql(sql, signal)
  if (!tree || tree.error === true)
    return 'the SQL cannot be read, so that nobody can tell whether it aggregates.'
  for (const select of readersOf(tree, guarded.table, null)) {
    const fault = select ? selectFault(select, guarded) : `only a SELECT may read ${guarded.table}.`
    if (fault) return fault
  }
  return null
}
