import { describe, expect, it } from 'vitest'
import { ecdfDistances } from './ecdf'
import { gridDistances } from './grid-distances'
import { freezeNumeric, mergeNumericProfiles, profileNumeric, profileSd } from './profile'
import { uniformGenerator } from './random'
import { nearlyNormal, normals } from './testing/generated-samples'

describe('numeric profiles', () => {
  it('count each row once: finite in a bin, missing and infinite apart', () => {
    const profile = profileNumeric([1, 2, null, Number.NaN, Infinity, 3])
    expect(profile).toMatchObject({ rows: 6, missing: 2, infinite: 1, min: 1, max: 3, counts: [1, 1, 1, 0] })
  })

  it('merge to the profile of all rows together', () => {
    const rows = normals(7, 3000, 5, 2)
    const frame = freezeNumeric(Float64Array.from(rows).sort())
    const parts = [rows.slice(0, 100), rows.slice(100, 150), [], rows.slice(150)]
    const merged = parts.map((part) => profileNumeric(part, frame)).reduce(mergeNumericProfiles)
    const { distinct, whole: _, ...whole } = profileNumeric(rows, frame)
    expect(distinct).toBe(new Set(rows).size)
    expect({ ...merged, mean: 0, m2: 0, grid: null }).toEqual({ ...whole, mean: 0, m2: 0, grid: null })
    expect(merged.mean).toBeCloseTo(whole.mean ?? Number.NaN, 12)
    expect(profileSd(merged)).toBeCloseTo(profileSd(whole) ?? Number.NaN, 12)
    expect(merged.grid?.counts).toEqual(whole.grid?.counts)
  })

  it('refuse to be merged or compared on other edges', () => {
    expect(() => mergeNumericProfiles(profileNumeric([1, 2]), profileNumeric([1, 3]))).toThrow(RangeError)
  })
})

describe('distances from the grid', () => {
  const reference = normals(1, 20_000)
  const frame = freezeNumeric(Float64Array.from(reference).sort())
  const windows: [string, number[]][] = [
    ['shifted by 0.3', normals(2, 5000, 0.3)],
    ['wider, with crossings', normals(3, 5000, 0, 1.5)],
    ['far outside', normals(4, 5000, 40)],
    ['unmoved', normals(5, 5000)],
    ['with far outliers', normals(6, 5000).map((x, i) => (i % 100 === 0 ? 50 : x))],
  ]
  it.each(windows)('equal those of the rows: %s', (_, window) => {
    const exact = ecdfDistances(Float64Array.from(reference).sort(), Float64Array.from(window).sort())
    const grid = gridDistances(profileNumeric(reference, frame), profileNumeric(window, frame))
    if (!exact || !grid || exact.wasserstein === null || grid.wasserstein === null)
      throw new Error('no distance')
    expect(grid.wasserstein).toBeLessThanOrEqual(exact.wasserstein + 1e-9)
    expect(grid.wasserstein).toBeGreaterThan(exact.wasserstein - 0.002)
    expect(grid.ks).toBeLessThanOrEqual(exact.ks + 1e-12)
    expect(grid.ks).toBeGreaterThan(exact.ks - 1 / 200)
  })

  it('see values below a constant reference, which share its right-closed bin', () => {
    const five = profileNumeric(Array(30).fill(5))
    const constant = { ...freezeNumeric(Float64Array.of(5)) }
    expect(gridDistances(five, profileNumeric(Array(30).fill(4), constant))).toEqual({
      wasserstein: 1,
      ks: 1,
    })
  })

  it('are exactly 0 for one constant in different numbers of rows', () => {
    const tenth = profileNumeric(Array(30).fill(0.1))
    const frame = freezeNumeric(Float64Array.of(0.1))
    expect(gridDistances(tenth, profileNumeric(Array(11).fill(0.1), frame))).toEqual({
      wasserstein: 0,
      ks: 0,
    })
  })

  it('take many values of both sides', () => {
    const next = uniformGenerator(9)
    const skewed = Array.from({ length: 4000 }, () => Math.exp(nearlyNormal(next, 0, 1)))
    const own = freezeNumeric(Float64Array.from(skewed).sort())
    const doubled = skewed.map((x) => 2 * x)
    const mean = skewed.reduce((total, x) => total + x, 0) / skewed.length
    const grid = gridDistances(profileNumeric(skewed, own), profileNumeric(doubled, own))
    expect(grid?.wasserstein).toBeCloseTo(mean, 9)
  })
})
