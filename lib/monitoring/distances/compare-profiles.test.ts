import { describe, expect, it } from 'vitest'
import { compareProfiles, compareRun } from './compare-profiles'
import { psi } from './divergences'
import { failsPersistently } from './judge'
import {
  type BooleanProfile,
  type CategoricalProfile,
  freezeNumeric,
  type NumericProfile,
  profileNumeric,
} from './profile'
import { normals } from './testing/generated-samples'

const referenceRows = normals(1, 50_000)
const frame = freezeNumeric(Float64Array.from(referenceRows).sort())
const reference = profileNumeric(referenceRows, frame)
const window = (rows: (number | null)[]) => profileNumeric(rows, frame)

describe('windows without drift', () => {
  const judgedWindows = (rows: number, runs: number) =>
    Array.from({ length: runs }, (_, i) => compareProfiles(reference, window(normals(1000 + i, rows))))

  it('of 50 rows do not cry wolf, although the naive PSI does', () => {
    const windows = Array.from({ length: 500 }, (_, i) => window(normals(1000 + i, 50)))
    const naive = windows.filter((w) => (psi(reference.counts, w.counts) ?? 0) >= 0.1).length
    expect(naive).toBeGreaterThan(400)
    const judged = windows.map((w) => compareProfiles(reference, w).judged)
    expect(new Set(judged)).toEqual(new Set(['low_confidence']))
  })

  it.each([100, 150, 200, 500, 1000])('of %d rows alarm in less than 1 of 100', (rows) => {
    const results = judgedWindows(rows, 400)
    const alarms = results.filter(({ judged }) => judged === 'warn' || judged === 'fail')
    expect(alarms.length).toBeLessThan(4)
    const calm = rows < 200 ? 'low_confidence' : 'ok'
    expect(results.filter(({ judged }) => judged === calm).length).toBeGreaterThan(395)
  })

  it('moved by 0.02 sd in a million rows are significant and not drift', () => {
    const million = normals(5, 1_000_000)
    const own = freezeNumeric(Float64Array.from(million).sort())
    const moved = profileNumeric(normals(6, 1_000_000, 0.02), own)
    const result = compareProfiles(profileNumeric(million, own), moved)
    expect(result.p).toBeLessThan(1e-15)
    expect(result.psi).toBeLessThan(0.001)
    expect(result.judged).toBe('ok')
    expect(result.sentence).toBe(
      'No drift found on 1\u202f000\u202f000 rows: PSI under 0.001, 0.02 sd moved.',
    )
  })
})

describe('planted drift', () => {
  it('of 1 sd fails, with the numbers in the sentence', () => {
    const result = compareProfiles(reference, window(normals(8, 2000, 1)), { name: 'departure_delay' })
    expect(result.judged).toBe('fail')
    expect(result.verdict.levels).toMatchObject({ psi: 'fail', wassersteinOverSd: 'fail' })
    expect(result.sentence).toMatch(/^`departure_delay` moved (1|0\.9\d|1\.\d) sd up: PSI \S+ over 0\.25\.$/)
  })

  it('of half a standard deviation is detected in 200 rows and, marked, in 150', () => {
    const detected = (rows: number) => compareProfiles(reference, window(normals(9, rows, -0.6)))
    expect(['warn', 'fail']).toContain(detected(200).judged)
    expect(detected(200).verdict.confidence).toBe('full')
    expect(['warn', 'fail']).toContain(detected(150).judged)
    expect(detected(150).sentence).toMatch(/sd down: .*low confidence on 150 rows\.$/)
  })

  it('seen by one effect only warns, and fails when it lasts 2 of 3 windows', () => {
    // 1 % of rows 50 sd away: Wasserstein moves, the deciles hardly.
    const rows = normals(10, 20_000).map((x, i) => (i % 70 === 0 ? 50 : x))
    const result = compareProfiles(reference, window(rows))
    expect(result.verdict.levels).toMatchObject({ psi: 'ok', wassersteinOverSd: 'fail' })
    expect(result.judged).toBe('warn')
    const calm = compareProfiles(reference, window(normals(11, 2000))).verdict.levels
    const loud = result.verdict.levels
    expect(failsPersistently([loud, calm, loud])).toBe(true)
    expect(failsPersistently([loud, loud, calm, calm])).toBe(false)
  })

  it('off a constant fails without a standard deviation to measure by', () => {
    const constant = freezeNumeric(Float64Array.of(5))
    const fives = profileNumeric(Array(1000).fill(5), constant)
    const moved = compareProfiles(fives, profileNumeric(Array(1000).fill(4), constant))
    expect(moved).toMatchObject({ judged: 'fail', wassersteinOverSd: null, reason: 'constant_reference' })
    expect(moved.sentence).toBe('Moved: PSI 18 over 0.25.')
    expect(compareProfiles(fives, profileNumeric(Array(300).fill(5), constant))).toMatchObject({
      judged: 'ok',
      psi: 0,
      wassersteinOverSd: 0,
    })
  })
})

describe('no data', () => {
  it('is never "no drift"', () => {
    const empty = compareProfiles(reference, window([]))
    expect(empty).toMatchObject({
      status: 'no_data_current',
      judged: 'no_data',
      psi: null,
      js: null,
      p: null,
    })
    expect(empty.sentence).toBe('No rows in the window, so drift is not judged.')
    const none = profileNumeric([])
    expect(compareProfiles(none, none)).toMatchObject({ status: 'no_data_both', judged: 'no_data' })
    expect(compareProfiles(none, window([1, 2, 3]))).toMatchObject({
      status: 'no_data_reference',
      judged: 'no_data',
      sentence: 'The reference has no values, so drift is not judged.',
    })
  })

  it('in a window of nulls fails for its nulls, drift unjudged', () => {
    const result = compareProfiles(reference, window(Array(300).fill(null)))
    expect(result).toMatchObject({ judged: 'fail', psi: null, nullRateChange: 1 })
    expect(result.verdict).toMatchObject({ drift: 'no_data', nulls: 'fail' })
    expect(result.sentence).toBe(
      "None of the window's 300 rows has a value, so drift is not judged; nulls 0 % → 100 %.",
    )
  })

  it('of one row says so', () => {
    expect(compareProfiles(reference, window([3])).sentence).toBe(
      '1 row in the window is too few to judge drift.',
    )
  })
})

describe('nulls', () => {
  const withNulls = (rows: number, nulls: number, seed: number) =>
    window(normals(seed, rows).map((x, i) => (i < nulls ? null : x)))
  const some = { ...reference, rows: reference.rows + 500, missing: 500 }

  it('where the reference had none in 1,000 rows are news, one suffices', () => {
    expect(compareProfiles(reference, withNulls(1000, 1, 20)).verdict.nulls).toBe('warn')
    expect(compareProfiles(reference, withNulls(1000, 0, 20)).verdict.nulls).toBe('ok')
  })
  it('at a known rate warn from +1 point and fail from +5, if significant', () => {
    expect(compareProfiles(some, withNulls(10_000, 150, 21)).verdict.nulls).toBe('ok')
    expect(compareProfiles(some, withNulls(10_000, 250, 21)).verdict.nulls).toBe('warn')
    expect(compareProfiles(some, withNulls(10_000, 700, 21)).verdict.nulls).toBe('fail')
    expect(compareProfiles(some, withNulls(60, 2, 21)).verdict.nulls).toBe('ok')
    expect(compareProfiles(some, withNulls(10_000, 700, 21)).sentence).toMatch(
      /^Failing for nulls 0\.99 % → 7 %; no drift found on /,
    )
  })
})

describe('overflow', () => {
  it('leaves every number finite or null', () => {
    const huge = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1.7e308 : -1.7e308))
    const own = freezeNumeric(Float64Array.from(huge).sort())
    const result = compareProfiles(profileNumeric(huge, own), profileNumeric(huge, own))
    expect(result).toMatchObject({ judged: 'ok', reason: 'overflow', wassersteinOverSd: null })
    expect(JSON.stringify(result)).not.toContain('NaN')
    const numbers = Object.values(result).filter((value) => typeof value === 'number')
    expect(numbers.every(Number.isFinite)).toBe(true)
  })
})

describe('categories', () => {
  const of = (
    values: Record<string, number>,
    more: Partial<CategoricalProfile> = {},
  ): CategoricalProfile => ({
    kind: 'categorical',
    rows: Object.values(values).reduce((a, b) => a + b, 0) + (more.other ?? 0) + (more.missing ?? 0),
    missing: 0,
    other: 0,
    values: Object.entries(values),
    ...more,
  })

  it('name the value that moved most', () => {
    const result = compareProfiles(of({ AA: 5000, UA: 4000, DL: 1000 }), of({ AA: 250, UA: 700, DL: 50 }))
    expect(result).toMatchObject({
      judged: 'fail',
      largestMove: { value: 'UA' },
      test: 'chi-square homogeneity',
    })
    expect(result.sentence).toBe('Moved, most of all "UA" by 30 points up: PSI 0.38 over 0.25.')
  })
  it('warn of a value never seen, fail above 1 %, unless the reference does not list all', () => {
    const before = of({ a: 600, b: 400 })
    const single = compareProfiles(before, of({ a: 600, b: 399, z: 1 }))
    expect(single.judged).toBe('warn')
    expect(single.sentence).toBe(
      'New values: PSI 0.0021 under 0.1, 0.1 % of rows have values that the reference never had.',
    )
    expect(compareProfiles(before, of({ a: 600, b: 380, z: 20 })).judged).toBe('fail')
    const partial = of({ a: 600, b: 390 }, { other: 10 })
    expect(compareProfiles(partial, of({ a: 600, b: 399, z: 1 }))).toMatchObject({
      newValueShare: null,
      judged: 'ok',
    })
  })
  it('do not cry wolf over a vanished tail of singletons', () => {
    const tail = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`t${i}`, 1]))
    expect(compareProfiles(of({ a: 500, ...tail }), of({ a: 540 })).judged).toBe('ok')
  })
  it('that identify rows are not judged', () => {
    const ids = (prefix: string) =>
      of(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${prefix}${i}`, 1])))
    const result = compareProfiles(
      { ...ids('a'), rows: 1000, other: 960, distinct: 1000 },
      { ...ids('b'), rows: 1000, other: 960 },
    )
    expect(result).toMatchObject({ judged: 'low_confidence', reason: 'id_like' })
  })
})

describe('booleans', () => {
  const of = (trues: number, rows: number): BooleanProfile => ({ kind: 'boolean', rows, missing: 0, trues })
  it('need points and significance', () => {
    expect(compareProfiles(of(500, 1000), of(60, 100)).judged).toBe('ok')
    expect(compareProfiles(of(500, 1000), of(560, 1000)).judged).toBe('warn')
    const moved = compareProfiles(of(5000, 10_000), of(620, 1000))
    expect(moved.judged).toBe('fail')
    expect(moved.sentence).toBe('Moved 12 points up: true rate 50 % → 62 %.')
    expect(compareProfiles(of(500, 1000), of(40, 99)).judged).toBe('low_confidence')
  })
})

describe('a run', () => {
  it('adjusts its p-values together, so that one in a hundred is not a finding', () => {
    const calm: NumericProfile[] = Array.from({ length: 60 }, (_, i) => window(normals(400 + i, 300)))
    const limits = { warn: 0, fail: 9 }
    const thresholds = {
      psi: limits,
      wassersteinOverSd: limits,
      newValueShare: limits,
      trueRateChange: limits,
      nullRateIncrease: limits,
      nullFreeReferenceRows: Infinity,
      alpha: 0.05,
      fewestRows: { numeric: 200, numericLowConfidence: 100, categorical: 200, boolean: 100, nulls: 50 },
    }
    const alone = calm.map((w) => compareProfiles(reference, w, { thresholds }))
    const together = compareRun(calm.map((w) => ({ reference, window: w, thresholds })))
    expect(alone.filter(({ judged }) => judged === 'warn').length).toBeGreaterThan(0)
    expect(together.filter(({ judged }) => judged === 'warn')).toEqual([])
    expect(together.map(({ p }) => p)).toEqual(alone.map(({ p }) => p))
  })

  it('refuses a window of another kind', () => {
    const flag: BooleanProfile = { kind: 'boolean', rows: 1, missing: 0, trues: 1 }
    expect(() => compareProfiles(reference, flag)).toThrow(RangeError)
  })
})
