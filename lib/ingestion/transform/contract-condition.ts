import type { FeatureContract } from '@/db/schema'
import type { FeatureType } from '@/lib/core/feature-type'
import type { RowPlan } from '../row-plan'

export const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** Classes of characters that the engine's regular expressions and JavaScript's draw differently. */
const engineSpecific = /\\[sSwWbBdDpPuxk]/

function rangeConditions(name: string, type: FeatureType, { min, max }: FeatureContract): string[] {
  const isFloat = type.kind === 'float32' || type.kind === 'float64'
  return [
    ...(min === undefined ? [] : [`${name} < ${min}`]),
    ...(max === undefined ? [] : [`${name} > ${max}`]),
    // To the engine NaN is the greatest number; within a contract it is in no range.
    ...(isFloat && (min !== undefined || max !== undefined) ? [`isnan(${name})`] : []),
  ]
}

function textConditions(name: string, { allowed, pattern }: FeatureContract): string[] {
  const known = allowed?.map(literal).join(', ')
  const portable = pattern !== undefined && !engineSpecific.test(pattern)
  const mismatch = portable ? `NOT regexp_matches(${name}, ${literal(pattern)})` : `${name} IS NOT NULL`
  return [
    ...(known === undefined ? [] : [`${name}::VARCHAR NOT IN (${known})`]),
    ...(pattern === undefined ? [] : [mismatch]),
  ]
}

/**
 * A SQL condition that holds for every row which breaks a contract, and perhaps for a few that do not: the exact
 * check then looks at those rows alone. Null when there is nothing to check.
 */
export function contractCondition({ columns }: RowPlan): string | null {
  const conditions = columns.flatMap(({ name, type, contract, derived }) => {
    if (!contract || derived) return []
    const own = identifier(name)
    return [
      ...(contract.nullable === false ? [`${own} IS NULL`] : []),
      ...rangeConditions(own, type, contract),
      ...textConditions(own, contract),
    ]
  })
  return conditions.length > 0 ? conditions.join(' OR ') : null
}
