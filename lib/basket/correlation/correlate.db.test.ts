import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { ingest } from '@/lib/ingestion/testing'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { correlate } from '..'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
let owner: Context
let left: string
let right: string
let other: string
const now = new Date('2026-06-01T00:00:00Z')
const days = Array.from({ length: 60 }, (_, at) => at)
const timeOf = (day: number) => new Date(Date.UTC(2026, 2, 1) + day * 86_400_000).toISOString()

const plain = (name: string, type: string) => ({ name, type })
const keyed = (entity: string, features: object[]) =>
  groupBody({
    entity: { name: entity, keys: [{ name: 'customer_id', type: 'int64' }] },
    owner_team: team.name,
    features,
  })

beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
  owner = contextOf(['producer'], team, { now: () => now })
  const entity = mintName('customer')
  const numbers = ['x', 'cubed', 'noise', 'flat', 'rare'].map((name) => plain(name, 'float64'))
  const features = [...numbers, plain('late', 'bool'), plain('word', 'string')]
  left = (await registerFeatureGroup(owner, keyed(entity, features))).name
  right = (await registerFeatureGroup(owner, keyed(entity, [plain('minus', 'int64')]))).name
  other = (await registerFeatureGroup(owner, groupBody({ owner_team: team.name }))).name
  await ingest(
    owner,
    left,
    days.map((day) => ({
      customer_id: 1,
      interaction_date: timeOf(day),
      x: day,
      cubed: day ** 3,
      noise: (day * 37) % 60,
      flat: 5,
      rare: day < 10 ? day : null,
      late: day >= 30,
      word: 'w',
    })),
  )
  // Half a day later than the other group: the value of the day before is what was known then.
  await ingest(
    owner,
    right,
    days.map((day) => ({ customer_id: 1, interaction_date: timeOf(day + 0.5), minus: -day })),
  )
})
afterAll(() => engine.stop())

const of = (group: string, ...names: string[]) => names.map((name) => `${group}:${name}`)

/** Pearson’s r as the textbook has it. */
function textbook(xs: number[], ys: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [mx, my] = [mean(xs), mean(ys)]
  const sum = (term: (x: number, y: number) => number) =>
    xs.reduce((total, x, at) => total + term(x - mx, (ys[at] ?? 0) - my), 0)
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y))
}

async function pairs(features: string[], method: 'pearson' | 'spearman') {
  const { entities } = await correlate(owner, { features, method })
  return new Map(entities.flatMap((one) => one.pairs.map((pair) => [`${pair.a} ${pair.b}`, pair])))
}

describe('the correlation of features', () => {
  it('equals the textbook’s over the sample', async () => {
    const [x, cubed, noise, late] = of(left, 'x', 'cubed', 'noise', 'late')
    const features = of(left, 'x', 'cubed', 'noise', 'late')
    const found = await pairs(features, 'pearson')
    const ofPair = (a = '', b = '') => found.get(`${a} ${b}`)?.coefficient
    const shuffled = days.map((day) => (day * 37) % 60)
    expect(ofPair(x, cubed)).toBeCloseTo(
      textbook(
        days,
        days.map((day) => day ** 3),
      ),
      10,
    )
    expect(ofPair(x, noise)).toBeCloseTo(textbook(days, shuffled), 10)
    expect(ofPair(x, late)).toBeCloseTo(
      textbook(
        days,
        days.map((day) => Number(day >= 30)),
      ),
      10,
    )
    const ranked = await pairs(features, 'spearman')
    expect(ranked.get(`${x} ${cubed}`)?.coefficient).toBeCloseTo(1, 10)
    expect(ranked.get(`${x} ${noise}`)?.coefficient).toBeCloseTo(textbook(days, shuffled), 10)
    // Ties stand at the mean of their places: the ranks of the halves.
    expect(ranked.get(`${x} ${late}`)?.coefficient).toBeCloseTo(
      textbook(
        days,
        days.map((day) => (day < 30 ? 15.5 : 45.5)),
      ),
      10,
    )
  })

  it('joins groups of one entity at the time of the row', async () => {
    const [x] = of(left, 'x')
    const [minus] = of(right, 'minus')
    const { entities } = await correlate(owner, { features: [x ?? '', minus ?? ''], method: 'pearson' })
    expect(entities).toHaveLength(1)
    expect(entities[0]?.rows).toBe(120)
    // The first row of `x` comes before any of `minus`.
    expect(entities[0]?.pairs).toMatchObject([{ rows: 119, reason: null }])
    // At noon both say the day; at midnight `minus` is still the day before.
    const atNoon = days.map((day): [number, number] => [day, -day])
    const atMidnight = days.slice(1).map((day): [number, number] => [day, -(day - 1)])
    const rows = [...atNoon, ...atMidnight]
    expect(entities[0]?.pairs[0]?.coefficient).toBeCloseTo(
      textbook(
        rows.map(([a]) => a),
        rows.map(([, b]) => b),
      ),
      10,
    )
  })

  it('says which pair has none, and what is left out', async () => {
    const features = [...of(left, 'x', 'flat', 'rare', 'word'), ...of(other, 'num_logins')]
    const { entities, left_out } = await correlate(owner, { features })
    expect(entities[0]?.pairs.map(({ b, rows, reason }) => [b, rows, reason])).toEqual([
      [`${left}:flat`, 60, 'one of the two does not vary'],
      [`${left}:rare`, 10, 'only 10 of the rows hold both; 30 are needed'],
      [`${left}:rare`, 10, 'only 10 of the rows hold both; 30 are needed'],
    ])
    expect(left_out.map(({ feature }) => feature)).toEqual([...of(left, 'word'), ...of(other, 'num_logins')])
    expect(left_out[1]?.reason).toMatch(/^No other feature here is of customer_/)
  })

  it('takes nothing of what is for aggregates only, whose single values a coefficient would tell', async () => {
    const features = [
      plain('x', 'float64'),
      { ...plain('salary', 'float64'), permitted_use: ['aggregate_only'] },
    ]
    const { name } = await registerFeatureGroup(owner, keyed(mintName('customer'), features))
    const { entities, left_out } = await correlate(owner, { features: of(name, 'x', 'salary') })
    expect(entities).toEqual([])
    expect(left_out.find(({ feature }) => feature === `${name}:salary`)?.reason).toMatch(/aggregates only/)
  })

  it('is a read: refused to who may read nothing, without what one may not read, and logged', async () => {
    const features = of(left, 'x', 'noise')
    const viewer = contextOf(['viewer'], null, { now: () => now })
    await expect(correlate(viewer, { features })).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = contextOf(['producer'], await mintTeam(), { now: () => now })
    const seen = await correlate(stranger, { features })
    expect(seen.entities).toEqual([])
    expect(seen.left_out.map(({ reason }) => reason.slice(0, 27))).toEqual([
      'You may not read its histor',
      'You may not read its histor',
    ])
    const reads = await db()
      .select({ actor: auditLog.actorId, after: auditLog.after })
      .from(auditLog)
      .where(and(eq(auditLog.resourceName, left), eq(auditLog.reason, 'correlation')))
    expect(reads.length).toBeGreaterThan(0)
    expect(new Set(reads.map(({ actor }) => actor))).toEqual(new Set([owner.actor.id]))
  })
})
