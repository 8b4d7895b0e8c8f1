import { describe, expect, it } from 'vitest'
import { calendarAt, sampleCalendar } from './calendar'

const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()

describe('sampleCalendar', () => {
  it('ends on the latest Saturday before today, whatever today is', () => {
    const ends = [
      ['2026-11-23T06:03:32Z', '2026-11-21'],
      ['2026-11-22T00:00:00Z', '2026-11-21'],
      ['2026-11-21T23:59:59Z', '2026-11-14'],
      ['2026-11-20T12:00:00Z', '2026-11-14'],
      ['2028-02-29T12:00:00Z', '2028-02-26'],
    ]
    for (const [now, lastDay] of ends) expect(sampleCalendar(new Date(now ?? '')).lastDay).toBe(lastDay)
  })

  it('moves by whole weeks, so that weekdays stay what they were', () => {
    const calendar = sampleCalendar(new Date('2026-11-23T06:00:00Z'))
    expect(calendar.shiftWeeks).toBe(1325)
    expect(calendar.firstDay).toBe('2026-05-25')
    expect(weekday(calendar.firstDay)).toBe(weekday('2001-01-01'))
    expect(calendarAt(calendar.shiftWeeks)).toEqual(calendar)
  })

  it('holds the last four weeks back, from a Sunday on, with both incidents inside', () => {
    const { heldBack, historyEnd, lastDay, end, unitErrorDay, missingDistanceDay } = calendarAt(1325)
    expect(heldBack).toHaveLength(28)
    expect(heldBack[0]).toBe(historyEnd)
    expect(heldBack[27]).toBe(lastDay)
    expect(weekday(historyEnd)).toBe(0)
    expect(end).toBe('2026-11-22')
    expect(heldBack).toContain(unitErrorDay)
    expect(heldBack).toContain(missingDistanceDay)
  })
})
