import { describe, expect, it } from 'vitest'
import { compareProfiles } from './compare-profiles'
import { freezeNumeric, profileNumeric } from './profile'
import { normals } from './testing/generated-samples'

const compared = (reference: (number | null)[], window: (number | null)[]) => {
  const finite = reference.filter((value) => value !== null && Number.isFinite(value))
  const frame = freezeNumeric(Float64Array.from(finite.map(Number)).sort())
  return compareProfiles(profileNumeric(reference, frame), profileNumeric(window, frame), { name: 'x' })
}
const calm = normals(1, 5000)

describe('what no distance says gets words', () => {
  it('an empty window', () => {
    const { judged, sentence } = compared(calm, [])
    expect([judged, sentence]).toEqual(['no_data', '`x`: no rows in the window, so drift is not judged.'])
  })

  it('a window of nulls', () => {
    const { judged, sentence } = compared(calm, Array(400).fill(null))
    expect(judged).toBe('fail')
    expect(sentence).toBe(
      "`x`: none of the window's 400 rows has a value, so drift is not judged; nulls 0 % → 100 %.",
    )
  })

  it('a constant that stays', () => {
    const { judged, reason, sentence } = compared(Array(1000).fill(7), Array(500).fill(7))
    expect([judged, reason]).toEqual(['ok', 'constant_reference'])
    expect(sentence).toBe(
      '`x`: no drift found on 500 rows: PSI 0, 0 sd moved; the reference is one value throughout.',
    )
  })

  it('a sensor that got stuck', () => {
    const { judged, reason, sentence } = compared(calm, Array(500).fill(0.25))
    expect([judged, reason]).toEqual(['fail', 'constant_window'])
    expect(sentence).toMatch(/^`x` stands still at one value: PSI \S+ over 0\.25\.$/)
  })

  it('one value of 1e6', () => {
    const rows = normals(2, 1000)
    rows[500] = 1e6
    const { judged, sentence, outsideRows } = compared(calm, rows)
    expect(judged).toBe('ok')
    expect(outsideRows).toBe(1)
    expect(sentence).toMatch(
      /; 1 row lies outside the reference's range and makes the 9\d\d sd, the others have not shifted\.$/,
    )
  })

  it('an id column, in numbers', () => {
    const ids = (from: number) => Array.from({ length: 1000 }, (_, i) => from + i)
    const { judged, reason, sentence } = compared(ids(0), ids(1000))
    expect([judged, reason]).toEqual(['low_confidence', 'id_like'])
    expect(sentence).toBe('`x`: nearly every reference value is different, so drift is not judged.')
  })

  it('numbers too large to square', () => {
    const huge = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1.7e308 : -1.7e308))
    const { reason, sentence } = compared(huge, huge)
    expect(reason).toBe('overflow')
    expect(sentence).toMatch(/; its values are too large for a standard deviation\.$/)
  })

  it('one row a side', () => {
    const { judged, sentence } = compared([1], [2])
    expect([judged, sentence]).toEqual([
      'low_confidence',
      '`x`: 1 row in the window is too few to judge drift.',
    ])
  })
})

describe('distances of columns', () => {
  it('do not care for order, shift or scale', () => {
    const window = normals(3, 700, 0.4)
    const plain = compared(calm, window)
    const turned = compared([...calm].reverse(), [...window].reverse())
    expect(turned).toEqual({ ...plain, verdict: turned.verdict })
    const move = (x: number) => 4 * x + 1024
    const moved = compared(calm.map(move), window.map(move))
    for (const effect of ['psi', 'js', 'hellinger', 'ks', 'wassersteinOverSd'] as const)
      expect(moved[effect]).toBeCloseTo(plain[effect] ?? Number.NaN, 6)
  })
})
