import { type CategoricalProfile, mergeNumericProfiles, type Profile } from './profile'

/**
 * The profile of two windows together: every count is the sum of both. Numeric ones need the same frozen edges;
 * categorical ones stay exact as long as both list the same values or all of theirs (`other` 0). A RangeError for
 * profiles of different kinds.
 */
export function mergeProfiles(a: Profile, b: Profile): Profile {
  if (a.kind === 'numeric' && b.kind === 'numeric') return mergeNumericProfiles(a, b)
  if (a.kind === 'boolean' && b.kind === 'boolean')
    return {
      kind: 'boolean',
      rows: a.rows + b.rows,
      missing: a.missing + b.missing,
      trues: a.trues + b.trues,
    }
  if (a.kind === 'categorical' && b.kind === 'categorical') return mergeCategorical(a, b)
  throw new RangeError(`A ${a.kind} and a ${b.kind} profile have nothing to add up`)
}

/** A value that one side lists and the other counts among its rest is counted only where it is listed. */
function mergeCategorical(a: CategoricalProfile, b: CategoricalProfile): CategoricalProfile {
  const counts = new Map(a.values)
  for (const [value, count] of b.values) counts.set(value, (counts.get(value) ?? 0) + count)
  const isWhole = a.other === 0 && b.other === 0
  return {
    kind: 'categorical',
    rows: a.rows + b.rows,
    missing: a.missing + b.missing,
    values: [...counts].sort(([, n], [, m]) => m - n),
    other: a.other + b.other,
    ...(isWhole ? { distinct: counts.size } : {}),
  }
}
