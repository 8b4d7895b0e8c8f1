import { isNode, parseSql } from './sql-tree'

/** The outermost SELECTs of a statement: of a union, both sides. */
function outermost(node: unknown): Record<string, unknown>[] {
  if (!isNode(node)) return []
  return node.type === 'SET_OPERATION_NODE'
    ? [...outermost(node.left), ...outermost(node.right), ...[node.children].flat().flatMap(outermost)]
    : [node]
}

const gathers = ({ group_expressions: groups, aggregate_handling: handling }: Record<string, unknown>) =>
  (Array.isArray(groups) && groups.length > 0) || handling === 'FORCE_AGGREGATES'

/** Whether a SELECT makes a row of several: its outermost level has a GROUP BY. False for what cannot be read. */
export async function gathersRows(sql: string, signal?: AbortSignal): Promise<boolean> {
  const tree = await parseSql(sql, signal)
  const statements = Array.isArray(tree?.statements) ? tree.statements : []
  return statements.some((one) => isNode(one) && outermost(one.node).some(gathers))
}
