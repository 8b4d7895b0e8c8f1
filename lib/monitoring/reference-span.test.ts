import { describe, expect, it } from 'vitest'
import { dayMs, spanText, windowStart, windowStarts } from './calendar'
import { referenceName, referenceSpan, weeksOf } from './reference-span'

const monday = Date.parse('2026-01-05T00:00:00Z')
const weeks = (...rows: number[]) => rows.map((count, i) => [monday + i * 7 * dayMs, count] as const)

describe('windows', () => {
  it('start on UTC Mondays and midnights, also before 1970', () => {
    for (const text of ['2026-01-04T23:59:59.999Z', '1969-12-28T12:00:00Z', '0001-01-03T00:00:00Z']) {
      const start = new Date(windowStart('week', Date.parse(text)))
      expect(start.getUTCDay()).toBe(1)
      expect(Date.parse(text) - start.getTime()).toBeLessThan(7 * dayMs)
    }
    expect(windowStart('week', monday)).toBe(monday)
    expect(windowStart('day', monday + dayMs - 1)).toBe(monday)
    expect(windowStarts('day', monday + 1, monday + 2 * dayMs)).toEqual([monday + dayMs])
  })

  it('read as a person would write them', () => {
    expect(spanText(monday, monday + 7 * dayMs)).toBe('5 to 11 January 2026')
    expect(spanText(monday, monday + 28 * dayMs)).toBe('5 January to 1 February 2026')
    expect(spanText(monday - 7 * dayMs, monday)).toBe('29 December 2025 to 4 January 2026')
  })
})

describe('referenceSpan', () => {
  it('is half of the weeks, at least one and at most four', () => {
    const length = (count: number) => referenceSpan(weeks(...Array<number>(count).fill(100)))
    expect([1, 2, 3, 5, 8, 30].map((count) => length(count)?.weeks)).toEqual([1, 1, 1, 2, 4, 4])
    expect(length(1)?.isPast).toBe(false)
    expect(length(2)).toEqual({ fromMs: monday, toMs: monday + 7 * dayMs, weeks: 1, isPast: true })
    expect(referenceName(monday, monday + 28 * dayMs)).toBe('the first 4 weeks, 5 January to 1 February 2026')
  })

  it('begins where the history does, not at a stray row years before', () => {
    const stray = [[Date.parse('1970-01-05T00:00:00Z'), 1] as const, ...weeks(100, 100, 100, 100)]
    expect(referenceSpan(stray)?.fromMs).toBe(monday)
    expect(referenceSpan([])).toBeNull()
  })

  it('counts weeks without rows as weeks', () => {
    expect(referenceSpan([...weeks(100), [monday + 9 * 7 * dayMs, 100]])?.weeks).toBe(4)
    expect(
      weeksOf([
        [monday + 6 * dayMs, 2],
        [monday, 1],
        [monday + 7 * dayMs, 4],
      ]),
    ).toEqual([
      [monday, 3],
      [monday + 7 * dayMs, 4],
    ])
  })
})
