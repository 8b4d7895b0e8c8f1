import { type CategoricalProfile, isConstant, type NumericProfile, presentRows, profileSd } from './profile'

/** Distinct ÷ rows above this is an identifier: every window differs from every other. */
const ID_LIKE_SHARE = 0.95

/** Why a number is missing, or drift is not judged, although there are rows; null for none of these. */
export type Reason = 'overflow' | 'constant_reference' | 'constant_window' | 'id_like'

/** Nearly every value is different. Of numbers only whole ones: measured ones differ by nature. */
export function isIdLike(profile: NumericProfile | CategoricalProfile): boolean {
  if (profile.kind === 'numeric' && !profile.whole) return false
  const rows = presentRows(profile)
  return rows > 1 && (profile.distinct ?? 0) / rows > ID_LIKE_SHARE
}

export function numericReason(reference: NumericProfile, window: NumericProfile): Reason | null {
  const sd = profileSd(reference)
  if (sd === null || window.mean === null) return 'overflow'
  if (sd === 0) return 'constant_reference'
  if (isIdLike(reference)) return 'id_like'
  return isConstant(window) && presentRows(window) > 1 ? 'constant_window' : null
}
