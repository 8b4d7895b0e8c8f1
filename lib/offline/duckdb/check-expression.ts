import { invalid } from '@/lib/core/errors'
import { isNode, parseSql, unsettled } from './sql-tree'

/**
 * Refuses an expression that is more than a deterministic expression over its row: subqueries, aggregates over
 * other rows, clocks, random numbers. Returns the names of the columns that it reads.
 */
export async function checkExpression(expression: string, signal?: AbortSignal): Promise<string[]> {
  const tree = await parseSql(`SELECT ${expression}`, signal)
  const statements = tree && Array.isArray(tree.statements) ? tree.statements : []
  const node = isNode(statements[0]) && statements.length === 1 ? statements[0].node : null
  const selected = isNode(node) && Array.isArray(node.select_list) ? node.select_list : []
  const plain =
    isNode(node) && isNode(node.from_table) && node.from_table.type === 'EMPTY' && !node.where_clause
  if (selected.length !== 1 || !plain) throw invalid(`\`${expression}\` is not one SQL expression.`)
  const columns = new Set<string>()
  visitExpression(selected[0], expression, columns)
  return [...columns]
}

function visitExpression(node: unknown, expression: string, columns: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) visitExpression(item, expression, columns)
    return
  }
  if (!isNode(node)) return
  const kind = node.class
  if (kind === 'SUBQUERY' || kind === 'WINDOW' || kind === 'STAR' || kind === 'PARAMETER') {
    throw invalid(`\`${expression}\` may only compute from its own row.`)
  }
  if (kind === 'FUNCTION' && unsettled.test(String(node.function_name))) {
    throw invalid(
      `\`${expression}\` calls \`${String(node.function_name)}\`, whose answer is not settled by the row.`,
    )
  }
  if (kind === 'COLUMN_REF' && Array.isArray(node.column_names))
    columns.add(node.column_names.map(String).join('.'))
  for (const member of Object.values(node)) visitExpression(member, expression, columns)
}
