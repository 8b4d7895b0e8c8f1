import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeProfiles } from './merge-profiles'
import { type CategoricalProfile, freezeNumeric, type Profile, profileNumeric, profileSd } from './profile'
import { readCategorySample } from './samples'

const mergeAll = (parts: Profile[]): Profile => {
  const [first, ...rest] = parts
  if (!first) throw new Error('nothing to merge')
  return rest.reduce(mergeProfiles, first)
}

/** Rows cut anywhere into parts, empty ones among them. */
const parted = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.array(value, { maxLength: 40 }), { minLength: 2, maxLength: 6 })

const number = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(null, Number.NaN, Infinity, -Infinity, 0, 1, -0),
)

const categorical = (rows: (string | null)[]): CategoricalProfile => {
  const { missing, counts } = readCategorySample(rows)
  const values = [...counts].sort(([, n], [, m]) => m - n)
  return { kind: 'categorical', rows: rows.length, missing, values, other: 0, distinct: counts.size }
}

const boolean = (rows: (boolean | null)[]): Profile => ({
  kind: 'boolean',
  rows: rows.length,
  missing: rows.filter((row) => row === null).length,
  trues: rows.filter((row) => row === true).length,
})

const close = (actual: number | null, expected: number | null, scale: number) => {
  if (actual === null || expected === null) return expect(actual).toBe(expected)
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * scale)
}

describe('merged profiles equal the profile of the whole', () => {
  it('of numbers, in every count; moments and sums up to rounding', () => {
    fc.assert(
      fc.property(parted(number), (parts) => {
        const rows = parts.flat()
        const frame = freezeNumeric(Float64Array.from(rows.filter(Number.isFinite).map(Number)).sort())
        const merged = mergeAll(parts.map((part) => profileNumeric(part, frame)))
        const whole = profileNumeric(rows, frame)
        if (merged.kind !== 'numeric') throw new Error(merged.kind)
        const { distinct: _, whole: __, mean, m2, grid, ...counts } = whole
        expect({ ...counts, grid: null }).toEqual({ ...merged, mean: undefined, m2: undefined, grid: null })
        expect(merged.grid?.counts).toEqual(grid?.counts)
        const scale = Math.max(1, ...rows.filter(Number.isFinite).map((x) => Math.abs(Number(x))))
        close(merged.mean, mean, scale)
        close(profileSd(merged), profileSd(whole), scale * 1e3)
        for (const [bin, sum] of (grid?.sums ?? []).entries())
          close(merged.grid?.sums[bin] ?? null, sum, scale * 240)
      }),
    )
  })

  it('of texts', () => {
    const text = fc.constantFrom(null, 'a', 'b', 'é', 'é', '', '__proto__', 'c')
    fc.assert(
      fc.property(parted(text), (parts) => {
        const merged = mergeAll(parts.map(categorical))
        const whole = categorical(parts.flat())
        if (merged.kind !== 'categorical') throw new Error(merged.kind)
        expect(new Map(merged.values)).toEqual(new Map(whole.values))
        expect({ ...merged, values: [] }).toEqual({ ...whole, values: [] })
      }),
    )
  })

  it('of truth values', () => {
    fc.assert(
      fc.property(parted(fc.constantFrom(null, true, false)), (parts) => {
        expect(mergeAll(parts.map(boolean))).toEqual(boolean(parts.flat()))
      }),
    )
  })

  it('in any order', () => {
    fc.assert(
      fc.property(parted(fc.constantFrom(null, 'a', 'b')), (parts) => {
        const forth = mergeAll(parts.map(categorical))
        const back = mergeAll([...parts].reverse().map(categorical))
        if (forth.kind !== 'categorical' || back.kind !== 'categorical') throw new Error('kind')
        expect(new Map(back.values)).toEqual(new Map(forth.values))
      }),
    )
  })

  it('only of one kind', () => {
    expect(() => mergeProfiles(boolean([true]), categorical(['a']))).toThrow(RangeError)
  })
})
