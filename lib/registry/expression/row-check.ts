import type { FeatureType } from '@/lib/core/feature-type'
import { compileExpression } from './compile'
import { kindOf } from './derived'
import { namesIn } from './names'
import type { ColumnMeaning } from './reader'
import { ExpressionFault } from './tokens'

/** The columns of a stored row: keys, event time and all features, derived ones too; inputs are not stored. */
export interface StoredColumns {
  keys: { name: string; type: FeatureType }[]
  timestampKey: string
  features: { name: string; type: FeatureType }[]
}

export type RowCheck = { sql: string; reads: string[] } | { fault: string }

/**
 * A statement about one row, in the language of derived features, as SQL over the stored columns that is true or
 * false: false where it does not hold or cannot be computed (an overflow, a division by zero), true where a value that
 * it needs is null. `reads`: the columns that it names.
 */
export function rowCheck({ keys, timestampKey, features }: StoredColumns, expression: string): RowCheck {
  const columns = new Map<string, ColumnMeaning>([[timestampKey, { kind: 'timestamp' }]])
  for (const { name, type } of [...keys, ...features]) columns.set(name, { kind: kindOf(type) })
  try {
    const { kind, holds } = compileExpression(expression, {
      columns,
      fractions: 'double',
      isStatement: true,
    })
    if (kind !== 'bool' || holds === null)
      return { fault: `the expression gives a ${kind}, and a check is true or false` }
    const names = namesIn(expression)
    return { sql: holds, reads: [...columns.keys()].filter((name) => names.has(name)) }
  } catch (error) {
    if (error instanceof ExpressionFault) return { fault: `${error.message} (character ${error.at + 1})` }
    throw error
  }
}
