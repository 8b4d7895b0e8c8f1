import { afterEach, describe, expect, it, vi } from 'vitest'
import { sql } from '@/db/client'
import { contextOf } from '@/lib/registry/testing'
import { consumersByFeature, countReads, flushUsage, type ReadTarget, startUsageFlush, usageByDay } from '.'
import { linesHeld, returnCounts, takeCounts, takeLost } from './buffer'
import { foldPending, keepPending } from './pending'

const { actor } = contextOf(['consumer'])
const noon = Date.parse('2026-05-01T12:00:30Z')
const targets = (groupName: string, ...features: string[]): ReadTarget[] =>
  features.map((feature) => ({ groupName, version: 1, feature, environment: 'prod' }))

const stored = (group: string) =>
  sql()`select feature, side, reads::int, cells::int from usage_minutes where group_name = ${group} order by feature, side`

const pending = async () => Number((await sql()`select count(*) as n from usage_pending`)[0]?.n)

afterEach(() => vi.useRealTimers())

describe('usage', () => {
  it('adds up what one consumer read in one minute, whatever the plan', async () => {
    const plan = targets('one', 'a', 'b')
    countReads(actor, 'online', plan, 10, noon)
    countReads(actor, 'online', plan, 5, noon + 20_000)
    countReads(actor, 'online', targets('one', 'a'), 1, noon)
    countReads(actor, 'offline', plan, 7, noon)
    await flushUsage()
    countReads(actor, 'online', plan, 1, noon)
    await flushUsage()
    expect(await stored('one')).toEqual([
      { feature: 'a', side: 'offline', reads: 1, cells: 7 },
      { feature: 'a', side: 'online', reads: 4, cells: 17 },
      { feature: 'b', side: 'offline', reads: 1, cells: 7 },
      { feature: 'b', side: 'online', reads: 3, cells: 16 },
    ])
  })

  it('loses nothing when it cannot be written', async () => {
    const plan = targets('two', 'a')
    countReads(actor, 'online', plan, 3, noon)
    const taken = takeCounts()
    countReads(actor, 'online', plan, 1, noon)
    returnCounts(taken)
    await flushUsage()
    expect(await stored('two')).toMatchObject([{ reads: 2, cells: 4 }])
  })

  it('holds only so much while it cannot be written, says what it lost, and goes on counting', async () => {
    const held = 50_000
    for (let at = 0; at < held + 3; at++) countReads(actor, 'online', targets('full', `f${at % 5}`), 1, noon)
    expect(takeLost()).toBe(3)
    const kept = targets('full', 'f0')
    await flushUsage()
    countReads(actor, 'online', kept, 1, noon)
    await flushUsage()
    const [row] = await sql()`select sum(reads)::int as reads from usage_minutes where group_name = 'full'`
    expect(row?.reads).toBe(held + 1)
  })

  it('flushes each second, much each minute, and once more when it is stopped', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const service = startUsageFlush()
    countReads(actor, 'online', targets('three', 'a'), 1, noon)
    await vi.advanceTimersByTimeAsync(1000)
    await vi.waitFor(async () => expect(await stored('three')).toHaveLength(1))
    const names = Array.from({ length: 600 }, (_, at) => `f${at}`)
    // A plan that is made anew has targets of its own.
    for (const plan of [targets('much', ...names), targets('much', ...names)])
      countReads(actor, 'online', plan, 2, noon)
    await vi.advanceTimersByTimeAsync(1000)
    // A crash from here on loses nothing of it: it is stored by reader, and made rows of later.
    await vi.waitFor(async () => expect(await pending()).toBe(1))
    expect([linesHeld(), await stored('much')]).toEqual([0, []])
    await vi.advanceTimersByTimeAsync(58_000)
    await vi.waitFor(async () => expect(await stored('much')).toHaveLength(600))
    expect(await pending()).toBe(0)
    expect(await stored('much')).toContainEqual({ feature: 'f7', side: 'online', reads: 2, cells: 4 })
    countReads(actor, 'online', targets('three', 'b'), 1, noon)
    await service.stop()
    expect(await stored('three')).toHaveLength(2)
  })

  it('tells at once of what is kept', async () => {
    const plan = targets('kept', 'a')
    countReads(actor, 'online', plan, 1, noon)
    await sql().begin((tx) => keepPending(tx, takeCounts()))
    countReads(actor, 'online', plan, 2, noon)
    await sql().begin((tx) => keepPending(tx, takeCounts()))
    // Another process left it: the next one that reads or counts finds it.
    countReads(actor, 'online', plan, 4, noon)
    await flushUsage()
    expect(await stored('kept')).toEqual([{ feature: 'a', side: 'online', reads: 3, cells: 7 }])
  })

  it('makes rows of what is kept in pieces, each once, whoever does', async () => {
    const readers = Array.from({ length: 40 }, (_, at) => ({ ...actor, id: `reader ${at}` }))
    const plan = targets('pieces', ...Array.from({ length: 120 }, (_, at) => `f${at}`))
    for (const reader of readers) countReads(reader, 'online', plan, 3, noon)
    await sql().begin((tx) => keepPending(tx, takeCounts()))
    const pieces: number[] = []
    const foldUntilNone = async () => {
      for (let rows = -1; rows !== 0; pieces.push(rows)) rows = await sql().begin((tx) => foldPending(tx))
    }
    await Promise.all([foldUntilNone(), foldUntilNone()])
    expect(Math.max(...pieces)).toBeLessThan(1200)
    expect(pieces.filter((rows) => rows > 0).length).toBeGreaterThan(3)
    const [sum] = await sql()`select count(*)::int as rows, sum(reads)::int as reads, sum(cells)::int as cells
      from usage_minutes where group_name = 'pieces'`
    expect(sum).toEqual({ rows: 4800, reads: 4800, cells: 14_400 })
    const [sets] = await sql()`select count(*)::int as n from usage_sets`
    expect(sets?.n).toBe(0)
  })

  it('is told by day and by feature', async () => {
    const plan = targets('four', 'a', 'b')
    countReads(actor, 'online', plan, 1, noon)
    countReads(actor, 'online', plan, 1, noon + 86_400_000)
    countReads(actor, 'online', targets('four', 'b'), 1, noon)
    await flushUsage()
    const since = new Date('2026-04-01T00:00:00Z')
    const days = await usageByDay({ groupName: 'four', since, features: ['b'] })
    expect(days.map(({ day, reads }) => [day, reads])).toEqual([
      ['2026-05-01', 2],
      ['2026-05-02', 1],
    ])
    const byFeature = await sql()`select feature, sum(reads)::int as reads, sum(cells)::int as cells,
        count(distinct consumer_id)::int as consumers
      from usage_minutes where group_name = 'four' group by feature order by reads desc`
    expect([...byFeature]).toEqual([
      { feature: 'b', reads: 3, cells: 3, consumers: 1 },
      { feature: 'a', reads: 2, cells: 2, consumers: 1 },
    ])
    expect(Object.fromEntries(await consumersByFeature(['four'], since))).toEqual({
      'four:a': 1,
      'four:b': 1,
    })
  })
})
