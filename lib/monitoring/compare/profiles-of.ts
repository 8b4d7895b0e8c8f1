import {
  type BooleanProfile,
  type CategoricalProfile,
  freezeNumeric,
  type NumericFrame,
  type NumericProfile,
  type Profile,
  profileNumeric,
} from '../distances/profile'
import { readCategorySample, readNumericSample } from '../distances/samples'

export type NumericRows = readonly (number | null)[]
export type TextRows = readonly (string | null)[]
export type BooleanRows = readonly (boolean | null)[]

/** Rows to compare, by kind; missing is null (or NaN). */
export type Rows =
  | { kind: 'numeric'; rows: NumericRows }
  | { kind: 'categorical'; rows: TextRows }
  | { kind: 'boolean'; rows: BooleanRows }

function categoricalProfile(rows: TextRows): CategoricalProfile {
  const { missing, counts } = readCategorySample(rows)
  const values = [...counts].sort(([, n], [, m]) => m - n)
  return { kind: 'categorical', rows: rows.length, missing, values, other: 0, distinct: counts.size }
}

/** Values that the blocks of a reference list; the rarer ones are their rest. */
const LISTED = 200

/** Profiles of blocks of a reference: all list the same values, its most frequent, so that adding them up is exact. */
export function categoricalBlocks(
  { values }: CategoricalProfile,
  blocks: readonly TextRows[],
): CategoricalProfile[] {
  const known = new Set(values.slice(0, LISTED).map(([value]) => value))
  return blocks.map((rows) => {
    const { values: all, distinct: _, ...profile } = categoricalProfile(rows)
    const listed = all.filter(([value]) => known.has(value))
    const present = profile.rows - profile.missing
    return {
      ...profile,
      values: listed,
      other: present - listed.reduce((total, [, count]) => total + count, 0),
    }
  })
}

function booleanProfile(rows: BooleanRows): BooleanProfile {
  const { missing, counts } = readCategorySample(rows)
  return { kind: 'boolean', rows: rows.length, missing, trues: counts.get(true) ?? 0 }
}

/** What a numeric profile was counted on. */
const frameOfProfile = ({ bins, grid, min, max }: NumericProfile): NumericFrame => ({
  bins,
  gridEdges: grid?.edges ?? [],
  min: min ?? Infinity,
  max: max ?? -Infinity,
})

/** Profile of the rows; numeric ones on the frame of `reference` where one is given, else on their own. */
export function profileOfRows(side: Rows, reference: Profile | null): Profile {
  if (side.kind === 'categorical') return categoricalProfile(side.rows)
  if (side.kind === 'boolean') return booleanProfile(side.rows)
  const frame =
    reference?.kind === 'numeric'
      ? frameOfProfile(reference)
      : freezeNumeric(readNumericSample(side.rows).sorted)
  return profileNumeric(side.rows, frame)
}
