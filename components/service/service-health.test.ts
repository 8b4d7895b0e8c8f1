import { describe, expect, it } from 'vitest'
import { daysOfService, type ServiceHealth, serviceVerdict } from './service-health'

const day = (date: string, state: 'ok' | 'warn' | 'fail' | 'no_data' | 'not_due') => ({
  date,
  state,
  detail: '',
})
const served = [
  { name: 'a:x', days: [day('2026-06-01', 'ok'), day('2026-06-02', 'fail'), day('2026-06-03', 'not_due')] },
  { name: 'a:y', days: [day('2026-06-01', 'ok'), day('2026-06-02', 'ok'), day('2026-06-03', 'not_due')] },
]
const health = (more: Partial<ServiceHealth> = {}): ServiceHealth => ({
  days: daysOfService(served),
  pinned: [{ name: 'a@1', state: 'active' }],
  readers: 2,
  team: 'flights',
  ...more,
})
const texts = (one: ServiceHealth) => serviceVerdict(one).map(({ state, text }) => `${state} ${text}`)

describe('the health of a service', () => {
  it('is each day as bad as its worst feature', () => {
    expect(daysOfService(served)).toEqual([
      { date: '2026-06-01', state: 'ok', detail: '2 features' },
      { date: '2026-06-02', state: 'fail', detail: '1 of 2 features failed' },
      { date: '2026-06-03', state: 'not_due', detail: '2 features' },
    ])
    expect(daysOfService([])).toEqual([])
  })

  it('says what failed last, what is pinned, who reads and who owns', () => {
    expect(texts(health())).toEqual([
      'fail 1 of 2 features failed on 2 Jun',
      'ok pins 1 active version',
      'fact 2 readers in 30 days',
      'fact owned by flights',
    ])
    expect(texts(health({ days: [day('2026-06-01', 'ok')] }))[0]).toBe('ok Every feature in order')
    expect(texts(health({ days: [] }))[0]).toMatch(/^unknown Health unknown/)
  })

  it('names what is on its way out, and what is gone first', () => {
    const pinned = [
      { name: 'a@1', state: 'deprecated' },
      { name: 'b@1', state: null },
    ]
    expect(texts(health({ pinned }))[1]).toBe('warn a@1 deprecated')
    expect(texts(health({ pinned: [...pinned, { name: 'c@2', state: 'archived' }] }))[1]).toBe(
      'fail not readable: c@2 archived',
    )
    expect(texts(health({ pinned: pinned.slice(1) }))[1]).toMatch(/^unknown/)
  })
})
