/** Violations ÷ checked; the rate is null when nothing was checked, which is not a pass. */
export interface RangeViolations {
  checked: number
  violations: number
  violationRate: number | null
}

/**
 * Values outside [min, max], or (min, max) when not inclusive. Missing values (null, NaN) are not checked,
 * since completeness owns them; infinities are checked and violate.
 */
export function rangeViolations(
  values: readonly (number | null)[],
  range: { min: number; max: number; inclusive: boolean },
): RangeViolations {
  const checked = values.filter((value) => value !== null && !Number.isNaN(value))
  const { min, max, inclusive } = range
  const inside = (x: number) => (inclusive ? x >= min && x <= max : x > min && x < max)
  const violations = checked.filter((value) => value !== null && !inside(value)).length
  return {
    checked: checked.length,
    violations,
    violationRate: checked.length === 0 ? null : violations / checked.length,
  }
}
