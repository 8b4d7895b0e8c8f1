import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs'
import { type Expression, readExpression } from './expression'

/** The attributes of each variable, as they were handed to Cedar. */
export type Facts = Record<'principal' | 'resource' | 'context', Record<string, unknown>>

/** Evaluates as Cedar does; what is absent is undefined, and an absent truth is false. */
function evaluate(expression: Expression, facts: Facts): unknown {
  switch (expression.op) {
    case 'value':
      return expression.value
    case 'variable':
      return Object.entries(facts).find(([name]) => name === expression.name)?.[1]
    case 'set':
      return expression.items.map((item) => evaluate(item, facts))
    case 'attribute':
    case 'has': {
      const holder = evaluate(expression.of, facts)
      const value = holder instanceof Object ? Reflect.get(holder, expression.name) : undefined
      return expression.op === 'has' ? value !== undefined : value
    }
    case 'not':
      return !evaluate(expression.of, facts)
    case 'isEmpty':
      return [evaluate(expression.of, facts)].flat().length === 0
    case 'and':
      return Boolean(evaluate(expression.left, facts)) && Boolean(evaluate(expression.right, facts))
    case 'or':
      return Boolean(evaluate(expression.left, facts)) || Boolean(evaluate(expression.right, facts))
    case 'equal':
      return evaluate(expression.left, facts) === evaluate(expression.right, facts)
    case 'unequal':
      return evaluate(expression.left, facts) !== evaluate(expression.right, facts)
    case 'contains':
      return [evaluate(expression.left, facts)].flat().includes(evaluate(expression.right, facts))
  }
}

/** One thing that a policy asks for, and whether it is so. */
export interface Clause {
  expression: Expression
  negated: boolean
  holds: boolean
}

const conjuncts = (expression: Expression): Expression[] =>
  expression.op === 'and' ? [...conjuncts(expression.left), ...conjuncts(expression.right)] : [expression]

/** The clauses of a policy that must all hold. */
export function clausesOf(policy: PolicyJson, facts: Facts): Clause[] {
  return policy.conditions.flatMap((condition): Clause[] => {
    const whole = readExpression(condition.body)
    const negated = condition.kind === 'unless'
    const parts = negated ? [whole] : conjuncts(whole)
    return parts.map((expression) => ({
      expression,
      negated,
      holds: Boolean(evaluate(expression, facts)) !== negated,
    }))
  })
}

/** Whether the policy speaks of this action at all. */
export function concerns(policy: PolicyJson, action: string): boolean {
  const { action: scope } = policy
  if (scope.op === 'All') return true
  const named = 'entities' in scope ? scope.entities : 'entity' in scope ? [scope.entity] : []
  return named.some((one) => ('__entity' in one ? one.__entity : one).id === action)
}

/** Whether a clause depends on who asks, or only on the thing that is asked for. */
export function aboutTheAsker(expression: Expression): boolean {
  switch (expression.op) {
    case 'value':
      return false
    case 'variable':
      return expression.name !== 'resource'
    case 'set':
      return expression.items.some(aboutTheAsker)
    case 'attribute':
    case 'has':
    case 'not':
    case 'isEmpty':
      return aboutTheAsker(expression.of)
    default:
      return aboutTheAsker(expression.left) || aboutTheAsker(expression.right)
  }
}
