import { describe, expect, it } from 'vitest'
import { prepareLatency } from './prepare-latency'

const point = (hour: number, median: number | null, slow = median) => ({
  start: `2026-05-01T${String(hour).padStart(2, '0')}:00:00.000Z`,
  median,
  slow,
})

describe('prepareLatency', () => {
  it('draws no line over hours in which nothing was answered, and hatches them', () => {
    const { slow, gaps, table, columns } = prepareLatency([
      point(1, 2, 10),
      point(2, 2, 10),
      point(3, null),
      point(4, 3, 5),
    ])
    expect(slow.match(/[ML]/g)).toEqual(['M', 'L', 'M'])
    expect(gaps).toEqual([{ from: 0.5, to: 0.75 }])
    expect(table.rows[2]).toEqual(['1 May, 03:00', '–', '–'])
    expect(columns[0]?.text).toBe('1 May, 01:00: p50 2 ms, p99 10 ms')
    expect(columns[2]?.text).toContain('nothing was answered')
  })

  it('begins its axis at zero', () => {
    expect(prepareLatency([point(1, 2, 10)]).yTicks[0]).toEqual({ at: 0, text: '0 ms' })
    expect(prepareLatency([]).gaps).toEqual([])
  })
})
