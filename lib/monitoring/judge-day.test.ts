import { describe, expect, it } from 'vitest'
import { dayMs } from './calendar'
import { type DayFacts, judgeDay } from './judge-day'

const start = Date.parse('2026-05-03T00:00:00Z')
const daily = 86_400

const day = (facts: Partial<DayFacts> = {}) =>
  judgeDay({
    startMs: start,
    nowMs: start + 5 * dayMs,
    rows: 120,
    existsFromMs: start - 30 * dayMs,
    newestMs: start,
    cadenceSeconds: daily,
    accepted: 120,
    quarantined: 0,
    settled: 0,
    drift: { state: 'ok', alarms: [] },
    ...facts,
  })

describe('judgeDay', () => {
  it('is ok with rows, contract kept and no drift', () => {
    expect(day()).toEqual({ date: '2026-05-03', state: 'ok', detail: '120 rows; no drift' })
    expect(day({ drift: null })).toMatchObject({ state: 'ok', detail: '120 rows; drift not judged' })
    expect(day({ drift: 'not_shown' })).toMatchObject({
      state: 'ok',
      detail: '120 rows; drift not shown to you',
    })
  })

  it('is hollow before the group existed, whatever else', () => {
    expect(day({ existsFromMs: start + dayMs, rows: 0, newestMs: null }).state).toBe('not_due')
    expect(day({ existsFromMs: start + dayMs - 1, rows: 0, newestMs: null }).state).toBe('no_data')
  })

  it('is never ok without rows', () => {
    for (const cadenceSeconds of [null, 3600, daily, 7 * daily]) {
      for (const age of [0, 1, 2, 9, 40])
        expect(day({ rows: 0, cadenceSeconds, newestMs: start - age * dayMs }).state).not.toBe('ok')
    }
    expect(day({ rows: 0, cadenceSeconds: null, newestMs: start - dayMs })).toMatchObject({
      state: 'no_data',
      detail: 'no rows; none are promised',
    })
  })

  it('turns from not due to warn to fail as the silence passes 1.5 and 3 intervals', () => {
    const silent = (days: number, cadenceSeconds = daily) =>
      day({ rows: 0, cadenceSeconds, newestMs: start + dayMs - days * dayMs }).state
    expect([1.4, 1.5, 2.9, 3].map((days) => silent(days))).toEqual(['not_due', 'warn', 'warn', 'fail'])
    expect([7, 10.5, 21].map((days) => silent(days, 7 * daily))).toEqual(['not_due', 'warn', 'fail'])
    expect(day({ rows: 0, newestMs: start - 2 * dayMs }).detail).toBe(
      'no rows for 3 days, due every 24 hours',
    )
  })

  it('judges today by the hour, and an earlier day with rows not at all', () => {
    const hourly = { cadenceSeconds: 3600, newestMs: start + 3_600_000 }
    expect(day({ ...hourly, nowMs: start + 2 * 3_600_000 }).state).toBe('ok')
    expect(day({ ...hourly, nowMs: start + 5 * 3_600_000 })).toMatchObject({
      state: 'fail',
      detail: expect.stringContaining('no rows for 4 hours, due every 1 hour'),
    })
    expect(day(hourly).state).toBe('ok')
  })

  it('says of rows held back what became of them', () => {
    const detail = (settled: number) => day({ accepted: 98, quarantined: 5, settled }).detail
    expect(detail(0)).toContain('5 rows held back, 98 taken in')
    expect(detail(2)).toContain('5 rows held back, 2 of them settled since, 98 taken in')
    expect(detail(5)).toContain('5 rows held back, settled since, 98 taken in')
  })

  it('warns of any quarantined row and fails above one in a hundred', () => {
    expect(day({ accepted: 999, quarantined: 1 })).toMatchObject({
      state: 'warn',
      detail: '120 rows; 1 row held back, 999 taken in; no drift',
    })
    expect(day({ accepted: 98, quarantined: 2 }).state).toBe('fail')
    expect(day({ rows: 0, newestMs: start - 0.2 * dayMs, accepted: 0, quarantined: 3 }).state).toBe('fail')
  })

  it('names what drifted, and keeps the worst of all states', () => {
    const alarms = [
      { feature: 'mean_delay_7d', judged: 'fail' as const, sentence: 'Moved 0.6 sd up: PSI 0.31 over 0.25.' },
      { feature: 'departures', judged: 'warn' as const, sentence: 'Moved.' },
    ]
    expect(day({ drift: { state: 'fail', alarms } })).toMatchObject({
      state: 'fail',
      detail: '120 rows; mean_delay_7d moved 0.6 sd up: PSI 0.31 over 0.25, and 1 other feature',
    })
    expect(day({ drift: { state: 'warn', alarms }, quarantined: 60 }).state).toBe('fail')
    expect(day({ rows: 0, newestMs: start - dayMs, drift: { state: 'fail', alarms } }).state).toBe('warn')
  })
})
