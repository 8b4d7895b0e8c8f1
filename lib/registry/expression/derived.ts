import { type FeatureType, parseFeatureType } from '@/lib/core/feature-type'
import type { Fault } from '../contract-terms'
import { compileExpression } from './compile'
import { fits, type ValueKind } from './functions'
import type { ColumnMeaning } from './reader'
import { ExpressionFault } from './tokens'

interface Column {
  name: string
  type: string
}

/** The columns of a row, as a definition names them. */
export interface RowColumns {
  /** Types are unknown while an entity is only named. */
  keys: { name: string; type: string | null }[]
  timestampKey: string | null
  features: (Column & { expression?: string | null; role?: string })[]
  inputs: Column[]
}

export function kindOf(type: FeatureType | null): ValueKind {
  switch (type?.kind) {
    case undefined:
      return 'any'
    case 'int32':
    case 'int64':
    case 'float32':
    case 'float64':
    case 'decimal':
      return 'number'
    case 'string':
    case 'bool':
    case 'date':
    case 'timestamp':
      return type.kind
    default:
      return 'other'
  }
}

const kindOfText = (type: string | null): ValueKind => kindOf(type === null ? null : parseFeatureType(type))

/** What an expression may read of its row: keys, event time, inputs, and features that came with it. */
function meanings({ keys, timestampKey, features, inputs }: RowColumns): Map<string, ColumnMeaning> {
  const known = new Map<string, ColumnMeaning>()
  for (const { name, type } of [...keys, ...inputs]) known.set(name, { kind: kindOfText(type) })
  if (timestampKey !== null) known.set(timestampKey, { kind: 'timestamp' })
  for (const { name, type, expression, role } of features) {
    const kind = kindOfText(type)
    if (role === 'label') known.set(name, { kind, refused: 'is a label, which no feature may know' })
    else if (expression) known.set(name, { kind, refused: 'is derived itself: state its expression instead' })
    else known.set(name, { kind })
  }
  return known
}

const fractionsOf = (type: string) => (parseFeatureType(type)?.kind === 'decimal' ? 'decimal' : 'double')

/** SQL of a derived feature that was accepted at registration. */
export const expressionSql = (row: RowColumns, feature: { type: string; expression: string }): string =>
  compileExpression(feature.expression, { columns: meanings(row), fractions: fractionsOf(feature.type) }).sql

/** What is wrong with the expressions of a definition. Paths lead into the body. */
export function expressionFaults(row: RowColumns): Fault[] {
  const columns = meanings(row)
  const isTyped = row.keys.every((key) => key.type !== null)
  return row.features.flatMap(({ type, expression }, at) => {
    if (!expression) return []
    const path = ['features', at, 'expression']
    try {
      const { kind } = compileExpression(expression, { columns, fractions: fractionsOf(type) })
      if (kind === 'any' && isTyped) return [{ path, message: 'the expression is null in every row' }]
      if (fits(kind, kindOfText(type)) && kindOfText(type) !== 'other') return []
      return [{ path, message: `the expression gives a ${kind}, and the feature is ${type}` }]
    } catch (error) {
      if (error instanceof ExpressionFault)
        return [{ path, message: `${error.message} (character ${error.at + 1})` }]
      throw error
    }
  })
}
