import { describe, expect, it } from 'vitest'
import type { Certificate, PartEvidence } from '../types'
import { clausesOf, spanWords } from './words'

const part: PartEvidence = {
  alias: 'routes',
  group: 'routes',
  version: 2,
  role: 'feature',
  computed: true,
  columns: ['mean'],
  source_delay_seconds: 3600,
  ttl_seconds: null,
  with_row: 8,
  without_row: 1,
  expired: 1,
  deleted: 0,
  differing: 0,
  newer: 0,
  closest_seconds: 0,
  farthest_seconds: 90_000,
  examples: [],
}
const certificate: Certificate = {
  format: 1,
  checked_at: '2026-06-01T00:00:00.000Z',
  known_at: '2026-06-01T00:00:00.000000Z',
  rows: 10,
  holds: true,
  first_row: '2026-01-01T00:00:00.000000Z',
  last_row: '2026-02-01T00:00:00.000000Z',
  horizon_seconds: 2_592_000,
  left_out: 1200,
  immature: 0,
  parts: [
    part,
    {
      ...part,
      alias: 'churn',
      group: 'churn',
      role: 'label',
      columns: ['left'],
      with_row: 10,
      without_row: 0,
      expired: 0,
    },
  ],
}
const textOf = (changed: Partial<PartEvidence>, id: string) =>
  clausesOf({ ...certificate, parts: [{ ...part, ...changed }] }).find((clause) => clause.id === id)

describe('the words of a certificate', () => {
  it('say what was found of each group, in numbers', () => {
    expect(clausesOf(certificate).map(({ text }) => text)).toEqual([
      '10 rows, from 2026-01-01T00:00:00.000000Z to 2026-02-01T00:00:00.000000Z, with what was committed by 2026-06-01T00:00:00.000000Z.',
      'routes@2: no value is newer than its row’s time, less the 1 hour that its source is late. The closest is of that very instant, the oldest 1 day older. Null in 1 before its first row, 1 past its time-to-live. It is computed, and a row’s time is the instant its window closes, so no window reaches past it.',
      'Label churn@2:left looks 30 days ahead; each row has the one of its own time. 1\u202f200 rows were left out, because that time had not passed.',
    ])
  })

  it('name the first row that leaked', () => {
    const leak = { row: 1234, column: 'mean', value: '7', event_time: '2026-03-01T00:00:00.000000Z' }
    expect(textOf({ differing: 2, newer: 2, examples: [leak] }, 'group:routes')).toEqual({
      id: 'group:routes',
      holds: false,
      text: '2 rows hold a value of routes@2 that was not known yet. Row 1\u202f234: `mean` is 7, known only from 2026-03-01T00:00:00.000000Z on.',
    })
  })

  it('do not hold when a label came too early', () => {
    const clauses = clausesOf({ ...certificate, immature: 3 })
    expect(clauses.find(({ id }) => id === 'label')?.holds).toBe(false)
  })

  it('tell spans in the greatest fitting unit', () => {
    expect([0, 59, 60, 5400, 86_400, 200_000].map(spanWords)).toEqual([
      '0 seconds',
      '59 seconds',
      '1 minute',
      '1.5 hours',
      '1 day',
      '2.3 days',
    ])
  })
})
