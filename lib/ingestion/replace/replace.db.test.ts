import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { formatTimestamp } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import { historyOf, offlineStore } from '@/lib/offline'
import { registerFeatureGroup, registerSource, resolveVersion } from '@/lib/registry'
import { contextOf, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { finishOnline, listCommits } from '..'
import { compactGroup } from '../compact/compact-group'
import { revertCommit } from '../revert/revert-commit'
import { readOnline } from '../testing'
import { runTransformation } from '../transform/run-transformation'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const customers = [1, 2, 3]
const days = [1, 2, 3, 4, 5, 6]
const dayOf = (day: number) => `2026-03-0${day}`

interface Sale {
  customer: number
  day: number
  amount: number
}

/** A group that sums each day of a source's sales, leaving sums of nothing out, and the source as a list. */
class Shop {
  sales: Sale[] = []
  private files = 0
  private constructor(
    readonly group: string,
    private readonly source: string,
    /** The day that it is. */
    private today: number,
  ) {}

  static async open(): Promise<Shop> {
    const source = mintName('sales')
    const folder = join(env().home, 'sources', source)
    mkdirSync(folder, { recursive: true })
    const ctx = contextOf(['producer'], team)
    const config = { path: `${source}/*.csv`, format: 'csv', timestamp_column: 'sold_at' }
    await registerSource(ctx, { name: source, kind: 'file', config, owner_team: team.name })
    const { name } = await registerFeatureGroup(ctx, {
      name: mintName('daily'),
      entity: { name: mintName('customer'), keys: [{ name: 'customer_id', type: 'int64' }] },
      primary_key: ['customer_id'],
      timestamp_key: 'day_end',
      owner_team: team.name,
      features: [{ name: 'spent', type: 'int64' }],
      transformation: {
        sql: `select customer_id, date_trunc('day', sold_at) + interval 1 day as day_end, sum(amount)::bigint as spent
          from ${source} group by all having sum(amount) <> 0`,
        inputs: [source],
        interval: 'P1D',
        lookback: 'P1D',
      },
    })
    return new Shop(name, source, 1)
  }

  context(): Context {
    return contextOf(['producer'], team, { now: () => new Date(`${dayOf(this.today)}T23:00:00Z`) })
  }

  /** A file of sales; nothing is changed, only added: a sale is taken back by its negative. */
  sell(sales: Sale[]): void {
    this.sales.push(...sales)
    const lines = sales.map(({ customer, day, amount }) => `${customer},${dayOf(day)}T10:00:00,${amount}`)
    const path = join(env().home, 'sources', this.source, `${this.files++}.csv`)
    writeFileSync(path, ['customer_id,sold_at,amount', ...lines, ''].join('\n'))
  }

  wait(): void {
    this.today = Math.min(9, this.today + 1)
  }

  run(request = {}) {
    return runTransformation(this.context(), { group: this.group }, request)
  }

  /** What one run over everything would give now. */
  expected(): [number, string, number][] {
    const sums = new Map<string, number>()
    for (const { customer, day, amount } of this.sales)
      sums.set(`${day} ${customer}`, (sums.get(`${day} ${customer}`) ?? 0) + amount)
    const through = Math.min(this.today, Math.max(0, ...this.sales.map(({ day }) => day)) + 1)
    return [...sums]
      .map(([name, sum]) => ({ day: Number(name.split(' ')[0]), customer: Number(name.split(' ')[1]), sum }))
      .filter(({ day, sum }) => sum !== 0 && day + 1 <= through)
      .sort((a, b) => a.day - b.day || a.customer - b.customer)
      .map(({ day, customer, sum }) => [customer, `${dayOf(day + 1)}T00:00:00.000000Z`, sum])
  }

  async history(knownAtMicros: bigint | null = null): Promise<unknown[][]> {
    const version = await resolveVersion(this.context(), { group: this.group })
    const answer = offlineStore().range({
      history: await historyOf(version),
      features: ['spent'],
      startMicros: null,
      endMicros: null,
      latest: false,
      knownAtMicros,
      systemColumns: false,
      limit: null,
    })
    // Of this form when the format is JSON.
    const { rows } = parseJson(await text(await answer.open('json'))) as { rows: Record<string, unknown>[] }
    return rows.map((row) => [row.customer_id, row.day_end, row.spent])
  }

  /** The value as of each customer and day, with `known_at` as asked. */
  async asOf(knownAt: bigint | 'event' | null = null): Promise<unknown[]> {
    const rows = customers.flatMap((customer_id) =>
      days.map((day) => ({ customer_id, at: `${dayOf(day)}T23:30:00.000000Z` })),
    )
    const spine = await offlineStore().stageSpine({
      rows,
      timestampColumn: 'at',
      keys: [{ name: 'customer_id', type: { kind: 'int64' } }],
    })
    const history = await historyOf(await resolveVersion(this.context(), { group: this.group }))
    const answer = offlineStore().join({
      spine,
      groups: [{ history, keys: { customer_id: 'customer_id' }, ttlSeconds: null, sourceDelaySeconds: 0 }],
      outputs: [{ group: 0, feature: 'spent', as: 'spent' }],
      knownAt,
    })
    // Of this form when the format is JSON.
    const found = parseJson(await text(await answer.open('json'))) as { rows: Record<string, unknown>[] }
    await spine.dispose()
    return found.rows.map(({ spent }) => spent)
  }

  async online(): Promise<unknown[]> {
    const { values } = await readOnline(this.context(), [`${this.group}:spent`], { customer_id: customers })
    return values[0] ?? []
  }

  compact() {
    const target = { group: this.group, version: 1, environment: 'prod', least: 2 }
    return compactGroup(this.context(), target, async () => {})
  }
}

const newestOf = (rows: readonly unknown[][]) =>
  customers.map((customer) => rows.filter(([key]) => key === customer).at(-1)?.[2] ?? null)

const asOfRows = (rows: readonly unknown[][]) =>
  customers.flatMap((customer) =>
    days.map(
      (day) =>
        rows.filter(([key, at]) => key === customer && String(at) <= `${dayOf(day)}T23:30`).at(-1)?.[2] ??
        null,
    ),
  )

const reason = { reason: 'Computed from a wrong file.' }

describe('a window that is computed again', () => {
  it('holds what the SQL gives now and no more; before, and after a revert, what it gave then', async () => {
    const shop = await Shop.open()
    for (let day = 1; day < 4; day++) shop.wait()
    shop.sell([
      { customer: 1, day: 1, amount: 5 },
      { customer: 1, day: 2, amount: 7 },
      { customer: 2, day: 2, amount: 3 },
    ])
    const first = await shop.run()
    const before = await shop.history()
    expect(before).toHaveLength(3)
    shop.sell([
      { customer: 1, day: 2, amount: -7 },
      { customer: 2, day: 2, amount: -3 },
    ])
    const second = await shop.run()
    expect(second).toMatchObject({ rows: 0 })
    expect(second.commit).not.toBeNull()
    expect(await shop.history()).toEqual([[1, '2026-03-02T00:00:00.000000Z', 5]])
    // What a tombstone would hide: the day before counts again.
    expect(await shop.online()).toEqual([5, null, null])
    expect((await shop.asOf()).slice(0, 4)).toEqual([null, 5, 5, 5])
    const { data } = await listCommits(shop.context(), { group: shop.group, limit: 10 })
    const created = (id: string | null) => {
      const text = data.find((commit) => commit.id === id)?.created ?? ''
      return BigInt(Date.parse(text)) * 1000n + BigInt(text.slice(23, 26))
    }
    expect(await shop.history(created(first.commit))).toEqual(before)
    expect(await shop.history(created(second.commit))).toHaveLength(1)
    const undone = await revertCommit(shop.context(), {
      group: shop.group,
      id: second.commit ?? '',
      body: reason,
    })
    await finishOnline()
    expect(await shop.history()).toEqual(before)
    expect(await shop.online()).toEqual([7, 3, null])
    await revertCommit(shop.context(), { group: shop.group, id: undone.id, body: reason })
    await finishOnline()
    expect(await shop.history()).toHaveLength(1)
    expect(await shop.online()).toEqual([5, null, null])
    // The same again: there is nothing left to take away.
    expect(await shop.run({ from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' })).toMatchObject({
      rows: 0,
      commit: null,
    })
    // And what had gone may come back.
    shop.sell([{ customer: 2, day: 2, amount: 4 }])
    await shop.run()
    expect(await shop.online()).toEqual([5, 4, null])
    expect(await shop.history()).toEqual(shop.expected())
  })

  const sale = fc.record({
    customer: fc.constantFrom(...customers),
    day: fc.constantFrom(...days),
    amount: fc.integer({ min: 1, max: 3 }),
  })
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('sell' as const),
        sales: fc.array(sale, { minLength: 1, maxLength: 4 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('take back' as const), which: fc.nat({ max: 9 }) }),
    },
    { weight: 4, arbitrary: fc.constant({ kind: 'run' as const }) },
    { weight: 3, arbitrary: fc.constant({ kind: 'wait' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'compact' as const }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('revert and back' as const), which: fc.nat({ max: 5 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('again' as const), from: fc.integer({ min: 1, max: 6 }) }),
    },
  )

  it('makes runs bit by bit, with late rows, the same as one run at the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const shop = await Shop.open()
        shop.sell([{ customer: 1, day: 1, amount: 1 }])
        const seen: { known: bigint; rows: unknown[][] }[] = []
        for (const one of steps) {
          if (one.kind === 'sell') shop.sell(one.sales)
          if (one.kind === 'take back') {
            const sold = shop.sales[one.which % shop.sales.length]
            if (sold) shop.sell([{ ...sold, amount: -sold.amount }])
          }
          if (one.kind === 'wait') shop.wait()
          if (one.kind === 'compact') await shop.compact()
          if (one.kind === 'revert and back') {
            const { data } = await listCommits(shop.context(), { group: shop.group, limit: 100 })
            const runs = data.filter(({ kind }) => kind === 'transformation')
            const target = runs[one.which % Math.max(1, runs.length)]
            if (!target) continue
            const rows = await shop.history()
            const online = await shop.online()
            const { id } = await revertCommit(shop.context(), {
              group: shop.group,
              id: target.id,
              body: reason,
            })
            await finishOnline()
            const without = await shop.history()
            expect(await shop.online()).toEqual(newestOf(without))
            expect(await shop.asOf()).toEqual(asOfRows(without))
            await revertCommit(shop.context(), { group: shop.group, id, body: reason })
            await finishOnline()
            expect(await shop.history()).toEqual(rows)
            expect(await shop.online()).toEqual(online)
          }
          if (one.kind === 'run' || one.kind === 'again') {
            if (one.kind === 'again') {
              const today = shop.context().now().toISOString().slice(0, 10)
              const from = `${dayOf(one.from)}T00:00:00Z`
              if (from.slice(0, 10) < today) await shop.run({ from, to: `${today}T00:00:00Z` })
            }
            await shop.run()
            const rows = await shop.history()
            expect(rows).toEqual(shop.expected())
            expect(await shop.online()).toEqual(newestOf(rows))
            expect(await shop.asOf()).toEqual(asOfRows(rows))
            const [newest] = (await listCommits(shop.context(), { group: shop.group, limit: 1 })).data
            if (newest) {
              const text = newest.created
              seen.push({ known: BigInt(Date.parse(text)) * 1000n + BigInt(text.slice(23, 26)), rows })
            }
          }
        }
        for (const { known, rows } of seen) expect(await shop.history(known)).toEqual(rows)
      }),
      { numRuns: Number(process.env.ALMANAC_PROPERTY_RUNS ?? 12) },
    )
  }, 240_000)

  it('is known at each row’s own time as it was then', async () => {
    const shop = await Shop.open()
    shop.sell([{ customer: 1, day: 1, amount: 5 }])
    shop.wait()
    await shop.run()
    shop.wait()
    shop.sell([{ customer: 1, day: 1, amount: -5 }])
    await shop.run()
    expect(formatTimestamp(0n)).toContain('1970')
    // Day 2 at 23:30 knew of it; since day 3 at 23:00 nobody does.
    expect((await shop.asOf('event')).slice(0, 4)).toEqual([null, 5, null, null])
  })
})
