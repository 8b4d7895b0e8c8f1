import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatMilliseconds,
  formatNumber,
  formatShare,
  plural,
} from './format-number'
import { formatDay, formatInstant, formatRelative } from './format-time'

const plain = (text: string) => text.replaceAll('\u202f', ' ')

describe('numbers', () => {
  test.each([
    [0, '0'],
    [3_000_000, '3 000 000'],
    [12.345678, '12.35'],
    [0.0312, '0.0312'],
    [0.000031234, '3.123 × 10⁻⁵'],
    [1234.5, '1 235'],
    [-1116.25, '−1 116'],
    [-0.5, '−0.5'],
    [100, '100'],
    [1e200, '1 × 10²⁰⁰'],
    [Number.NaN, 'not a number'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [null, '–'],
  ])('%s → %s', (value, text) => {
    expect(plain(formatNumber(value))).toBe(text)
  })

  test('a share that is not nothing never reads as 0, nor as all when it is not', () => {
    expect(formatShare(0)).toBe('0 %')
    expect(formatShare(0.00001)).toBe('< 0.01 %')
    expect(formatShare(0.99999)).toBe('> 99.99 %')
    expect(formatShare(1)).toBe('100 %')
    expect(formatShare(0.0533)).toBe('5.33 %')
    expect(formatShare(null)).toBe('–')
  })

  test('counts, sizes, durations', () => {
    expect(plain(formatCount(9007199254740993n))).toBe('9 007 199 254 740 993')
    expect(formatCompact(1234)).toBe('1.23k')
    expect(formatCompact(3_000_000)).toBe('3M')
    expect(formatBytes(1536)).toBe('1.5 KiB')
    expect(formatBytes(0)).toBe('0 B')
    expect(formatMilliseconds(0.84)).toBe('0.84 ms')
    expect(formatMilliseconds(1210)).toBe('1.21 s')
    expect(plural(1, 'reader')).toBe('1 reader')
    expect(plural(0, 'entity', 'entities')).toBe('0 entities')
  })
})

describe('times', () => {
  const now = new Date('2026-05-03T12:00:00Z')
  test.each([
    ['2026-05-03T11:59:30Z', 'just now'],
    ['2026-05-03T09:00:00Z', '3 h ago'],
    ['2026-05-01T11:00:00Z', '2 d ago'],
    ['2026-05-03T12:20:00Z', 'in 20 min'],
    ['2026-01-01T00:00:00Z', null],
  ])('%s is %s', (at, text) => {
    expect(formatRelative(new Date(at), now)).toBe(text)
  })

  test('an instant is told in the zone, a day is a day in every zone', () => {
    expect(formatInstant(now, 'America/New_York')).toBe('3 May 2026, 08:00')
    expect(formatInstant(now, 'Pacific/Kiritimati', 'day')).toBe('4 May 2026')
    expect(formatDay('2026-05-03')).toBe('3 May')
    expect(formatDay('2026-05-03', true)).toBe('3 May 2026')
  })
})
