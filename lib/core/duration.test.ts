import { describe, expect, test } from 'vitest'
import { durationAsTyped, durationSeconds, formatDuration } from './duration'

describe('durationAsTyped', () => {
  test('takes an amount with its unit, as people write it', () => {
    const typed = ['30 days', '1 day', '12h', ' 6 Hours ', '2 weeks', '90 min', '5s']
    expect(typed.map(durationAsTyped)).toEqual(['P30D', 'P1D', 'PT12H', 'PT6H', 'P2W', 'PT90M', 'PT5S'])
    expect(typed.map((one) => durationSeconds(durationAsTyped(one)))).not.toContain(null)
  })

  test('leaves the rest as it is: ISO 8601, and what has no fixed length or no unit', () => {
    for (const one of ['P30D', 'PT1H30M', '1 month', '3 m', '30', '']) expect(durationAsTyped(one)).toBe(one)
    expect(durationSeconds(formatDuration(5400))).toBe(5400)
  })
})
