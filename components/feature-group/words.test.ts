import { describe, expect, it } from 'vitest'
import { actWords } from './act-words'
import { durationWords, everyWords, exactText, scheduleWords, shortText, wordText } from './words'

describe('durations', () => {
  it('says whole units, the largest first', () => {
    expect(durationWords('P60D')).toBe('60 days')
    expect(durationWords('P1DT12H')).toBe('1 day 12 hours')
    expect(durationWords('PT0S')).toBe('0 seconds')
    expect(durationWords('soon')).toBe('soon')
  })

  it('says how often', () => {
    expect(everyWords('P1D')).toBe('every day')
    expect(everyWords('PT6H')).toBe('every 6 hours')
    expect(everyWords('P1DT12H')).toBe('every 1 day 12 hours')
  })
})

it.each([
  ['0 1 * * *', 'daily at 01:00'],
  ['30 6 * * 1', 'Mondays at 06:30'],
  ['5 * * * *', 'hourly, 5 minutes past'],
  ['PT6H', 'every 6 hours'],
  ['0 1 1 * *', null],
])('the schedule %s is %s', (schedule, words) => {
  expect(scheduleWords(schedule)).toBe(words)
})

describe('values', () => {
  it('keeps every digit', () => {
    expect(exactText(9007199254740993n)).toBe('9007199254740993')
    expect(exactText('')).toBe('')
    expect(wordText('')).toBe('(empty text)')
    expect(exactText(null)).toBe('null')
    expect(exactText([1, 'a'])).toBe('[1,"a"]')
  })

  it('rounds floats in narrow cells and nothing else', () => {
    expect(shortText(1 / 3)).toBe('0.333333')
    expect(shortText(1234567)).toBe('1234567')
  })
})

describe('actWords', () => {
  it('tells acts apart that share an action', () => {
    expect(actWords({ action: 'version:deprecate', reason: 'Wrong unit.' })).toBe('Deprecated')
    expect(actWords({ action: 'version:deprecate', reason: 'Restored: it was right.' })).toBe('Restored')
    expect(actWords({ action: 'lineage:write', reason: null })).toBe('write lineage')
  })
})
