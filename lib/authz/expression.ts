/** A Cedar expression read from Cedar's own JSON, in the closed set that is explained and compiled to lists. */
export type Expression =
  | { op: 'value'; value: unknown }
  | { op: 'variable'; name: string }
  | { op: 'set'; items: Expression[] }
  | { op: 'attribute' | 'has'; of: Expression; name: string }
  | { op: 'not' | 'isEmpty'; of: Expression }
  | { op: BinaryOperator; left: Expression; right: Expression }

const binaryOperators = {
  '&&': 'and',
  '||': 'or',
  '==': 'equal',
  '!=': 'unequal',
  contains: 'contains',
} as const
type BinaryOperator = (typeof binaryOperators)[keyof typeof binaryOperators]

/** Thrown for what lies outside the closed set: such a policy is refused, never guessed at. */
export class NotCompilable extends Error {}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isBinary = (operator: string): operator is keyof typeof binaryOperators =>
  Object.hasOwn(binaryOperators, operator)

function withOperands(operator: string, operands: Record<string, unknown>): Expression | undefined {
  if (isBinary(operator)) {
    const { left, right } = operands
    return { op: binaryOperators[operator], left: readExpression(left), right: readExpression(right) }
  }
  if (operator === '!') return { op: 'not', of: readExpression(operands.arg) }
  if (operator === 'isEmpty') return { op: 'isEmpty', of: readExpression(operands.arg) }
  const path = [operands.attr].flat()
  const [name] = path
  if (path.length !== 1 || typeof name !== 'string') return undefined
  if (operator === '.') return { op: 'attribute', of: readExpression(operands.left), name }
  if (operator === 'has') return { op: 'has', of: readExpression(operands.left), name }
  return undefined
}

/**
 * Reads one expression; it has one member, named after its operator. `unknown` is how partial evaluation names
 * a variable that it was not given. Throws NotCompilable.
 */
export function readExpression(json: unknown): Expression {
  const [operator, operands] = isRecord(json) ? (Object.entries(json)[0] ?? []) : []
  if (operator === 'Value') return { op: 'value', value: operands }
  if (operator === 'Var' && typeof operands === 'string') return { op: 'variable', name: operands }
  if (operator === 'Set' && Array.isArray(operands)) return { op: 'set', items: operands.map(readExpression) }
  if (operator === 'unknown' && Array.isArray(operands)) {
    const inner: unknown = operands[0]
    if (isRecord(inner)) return { op: 'variable', name: String(inner.Value) }
  }
  const read = operator !== undefined && isRecord(operands) ? withOperands(operator, operands) : undefined
  if (read) return read
  throw new NotCompilable(`This expression is outside the closed set of conditions: ${JSON.stringify(json)}`)
}
