import { describe, expect, it } from 'vitest'
import { blockFloors } from './block-floors'
import { compareProfiles } from './compare-profiles'
import { freezeNumeric, mergeNumericProfiles, profileNumeric } from './profile'
import { uniformGenerator } from './random'
import { nearlyNormal, normals } from './testing/generated-samples'

/** Weekly windows of 7-day rolling means at 40 airports with a day-wide shock that all of them share. */
function rollingWeeks(seed: number, weeks: number): number[][] {
  const next = uniformGenerator(seed)
  const airports = 40
  const raw = Array.from({ length: weeks * 7 + 7 }, () => {
    const shock = nearlyNormal(next, 0, 1)
    return Array.from({ length: airports }, () => shock + nearlyNormal(next, 0, 1))
  })
  const rolling = raw
    .slice(7)
    .map((_, day) =>
      Array.from(
        { length: airports },
        (_, a) => raw.slice(day, day + 7).reduce((t, r) => t + (r[a] ?? 0), 0) / 7,
      ),
    )
  return Array.from({ length: weeks }, (_, week) => rolling.slice(week * 7, week * 7 + 7).flat())
}

describe('block floors', () => {
  const weeks = rollingWeeks(3, 80)
  const referenceWeeks = weeks.slice(0, 40)
  const frame = freezeNumeric(Float64Array.from(referenceWeeks.flat()).sort())
  const blocks = referenceWeeks.map((rows) => profileNumeric(rows, frame))
  const reference = blocks.reduce(mergeNumericProfiles)
  const windows = weeks.slice(40).map((rows) => profileNumeric(rows, frame))
  const alarms = (floors?: { psi: number; wassersteinOverSd: number }) =>
    windows.filter((w) => {
      const { judged } = compareProfiles(reference, w, floors ? { blockFloors: floors } : {})
      return judged === 'warn' || judged === 'fail'
    }).length

  it('quiet rolling features, on which independence alarms again and again', () => {
    const floors = blockFloors(blocks)
    if (!floors) throw new Error('no floors')
    expect(alarms()).toBeGreaterThan(windows.length / 3)
    expect(alarms(floors)).toBeLessThanOrEqual(4)
    expect(floors.effectiveRows).toBeLessThan(280 / 5)
  })

  it('cost independent rows nothing', () => {
    const rows = normals(4, 40 * 280)
    const own = freezeNumeric(Float64Array.from(rows).sort())
    const independent = Array.from({ length: 40 }, (_, i) =>
      profileNumeric(rows.slice(i * 280, (i + 1) * 280), own),
    )
    const floors = blockFloors(independent)
    expect(floors?.effectiveRows).toBeGreaterThan(200)
    expect(floors?.psi).toBeLessThan(0.1)
  })

  it('need two blocks', () => expect(blockFloors(blocks.slice(0, 1))).toBeNull())
})
