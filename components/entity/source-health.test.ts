import { describe, expect, it } from 'vitest'
import { type FedGroup, lastArrival, sourceVerdict } from './source-health'

const now = '2026-06-10T00:00:00Z'
const group = (newestEvent: string | null, state: 'ok' | 'fail' = 'ok'): FedGroup => ({
  name: 'g',
  href: '/groups/g',
  fresh: { id: 'fresh', state, text: '' },
  newestEvent,
  newestCommit: newestEvent,
  days: [],
})
const verdict = (groups: FedGroup[], freshness: string | null = 'P1D') =>
  sourceVerdict({ groups, freshness, team: 'flights', now }).map(({ state, text }) => `${state}: ${text}`)

describe('the verdict of a source', () => {
  it('judges the promise by the newest row of all groups', () => {
    const old = group('2026-06-01T00:00:00.000Z', 'fail')
    expect(verdict([old, group('2026-06-09T12:00:00.000Z')])).toEqual([
      'ok: Fresh, as promised: rows every day',
      'warn: feeds 2 groups, 1 of them late',
      'fact: owned by flights',
    ])
    expect(verdict([group('2026-06-08T00:00:00.000Z')])[0]).toBe(
      'warn: No rows since 8 Jun, promised every day',
    )
    expect(verdict([old])[0]).toBe('fail: No rows since 1 Jun, promised every day')
    expect(lastArrival([old, group('2026-06-09T12:00:00.000Z')])).toBe('2026-06-09T12:00:00.000Z')
  })

  it('says what is not known or not promised', () => {
    expect(verdict([])).toEqual([
      'unknown: Nothing came of it yet',
      'unknown: no group reads it',
      'fact: owned by flights',
    ])
    expect(verdict([group('2026-06-09T00:00:00.000Z')], null)[0]).toBe(
      'fact: Newest row of 9 Jun, no freshness promised',
    )
  })
})
