import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs'
import { type Expression, NotCompilable, readExpression } from './expression'

/** What is left to ask of a resource whose attributes are not known yet. */
export type Condition =
  | boolean
  | { op: 'and'; terms: Condition[] }
  | { op: 'or'; terms: Condition[] }
  | { op: 'not'; term: Condition }
  | { op: 'in'; attribute: string; values: string[] }
  | { op: 'has'; attribute: string }

const refuse = (expression: Expression): never => {
  throw new NotCompilable(`Lists cannot be compiled from ${JSON.stringify(expression)}.`)
}

export function not(term: Condition): Condition {
  if (typeof term === 'boolean') return !term
  return term.op === 'not' ? term.term : { op: 'not', term }
}

function join(op: 'and' | 'or', terms: Condition[]): Condition {
  const absorbing = op === 'or'
  if (terms.includes(absorbing)) return absorbing
  const rest = terms.filter((term) => typeof term !== 'boolean')
  const [only] = rest
  if (only === undefined) return !absorbing
  return rest.length === 1 ? only : { op, terms: rest }
}

export const and = (...terms: Condition[]) => join('and', terms)
export const or = (...terms: Condition[]) => join('or', terms)

const isIn = (attribute: string, values: string[]): Condition =>
  values.length === 0 ? false : { op: 'in', attribute, values }

const attributeOf = (expression: Expression) =>
  expression.op === 'attribute' && expression.of.op === 'variable' && expression.of.name === 'resource'
    ? expression.name
    : undefined

const literalOf = (expression: Expression) =>
  expression.op === 'value' && typeof expression.value === 'string' ? expression.value : undefined

function literalsOf(expression: Expression): string[] | undefined {
  const items: unknown[] | undefined =
    expression.op === 'set'
      ? expression.items.map(literalOf)
      : expression.op === 'value' && Array.isArray(expression.value)
        ? expression.value
        : undefined
  const texts = items?.filter((item) => typeof item === 'string')
  return texts?.length === items?.length ? texts : undefined
}

function equality(left: Expression, right: Expression, whole: Expression): Condition {
  const attribute = attributeOf(left) ?? attributeOf(right)
  const value = literalOf(left) ?? literalOf(right)
  return attribute === undefined || value === undefined ? refuse(whole) : isIn(attribute, [value])
}

function membership(set: Expression, item: Expression, whole: Expression): Condition {
  const attribute = attributeOf(item)
  const values = literalsOf(set)
  return attribute === undefined || values === undefined ? refuse(whole) : isIn(attribute, values)
}

/** A residual expression as a condition, constants folded. Throws NotCompilable outside the closed set. */
function conditionOf(expression: Expression): Condition {
  switch (expression.op) {
    case 'value':
      return typeof expression.value === 'boolean' ? expression.value : refuse(expression)
    case 'and':
      return and(conditionOf(expression.left), conditionOf(expression.right))
    case 'or':
      return or(conditionOf(expression.left), conditionOf(expression.right))
    case 'not':
      return not(conditionOf(expression.of))
    case 'equal':
      return equality(expression.left, expression.right, expression)
    case 'unequal':
      return not(equality(expression.left, expression.right, expression))
    case 'contains':
      return membership(expression.left, expression.right, expression)
    case 'has':
      return { op: 'has', attribute: expression.name }
    default:
      return refuse(expression)
  }
}

/** All clauses of one policy together. */
export const conditionOfPolicy = (policy: PolicyJson | true): Condition =>
  policy === true
    ? true
    : and(
        ...policy.conditions.map((clause) => {
          const condition = conditionOf(readExpression(clause.body))
          return clause.kind === 'when' ? condition : not(condition)
        }),
      )
