import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { parseJson } from '@/lib/core/json'
import { ingest, readOnline } from '@/lib/ingestion/testing'
import { getHistoricalFeatures } from '@/lib/offline'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { stopHearingRegistry } from '.'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(async () => {
  await stopHearingRegistry()
  await engine.stop()
})

const now = new Date('2026-06-01T00:00:00Z')
const producer = () => contextOf(['producer'], team, { now: () => now })
const hour = 3_600_000
const ttlHours = 48

/** What a group's rows are keyed by; `keys` are all there are, the last of them never written. */
interface Shape {
  columns: { name: string; type: string }[]
  keys: Record<string, unknown>[]
}

const shapes: Record<string, Shape> = {
  'an integer': {
    columns: [{ name: 'id', type: 'int64' }],
    keys: [{ id: 1 }, { id: 2 }, { id: '9007199254740993' }, { id: 4 }],
  },
  'two texts': {
    columns: [
      { name: 'origin', type: 'string' },
      { name: 'destination', type: 'string' },
    ],
    keys: [
      { origin: '1', destination: '12' },
      { origin: '11', destination: '2' },
      { origin: '', destination: 'é"\\' },
      { origin: '12', destination: '1' },
    ],
  },
  'a date and a truth value': {
    columns: [
      { name: 'day', type: 'date' },
      { name: 'open', type: 'bool' },
    ],
    keys: [
      { day: '2026-01-01', open: true },
      { day: '2026-01-01', open: false },
      { day: '1969-12-31', open: true },
      { day: '2026-01-02', open: true },
    ],
  },
  nothing: { columns: [], keys: [{}] },
}

interface Arrival {
  key: number
  /** Hours before now; less than none is in the future. */
  age: number
  count: number | null
  ratio: number | 'NaN' | null
  label: string | null
  list: number[] | null
  op: 'upsert' | 'delete'
}

// Around the ttl's edge, the same few instants again and again, and some that are still to come.
const arrival: fc.Arbitrary<Arrival> = fc.record({
  key: fc.nat(2),
  age: fc.constantFrom(-3, 0, 1, 1, 1, 5, ttlHours - 1, ttlHours, ttlHours + 1, 100),
  count: fc.option(fc.constantFrom(0, -7, 2 ** 31)),
  ratio: fc.option(fc.constantFrom(0.1, 2, 'NaN' as const)),
  label: fc.option(fc.constantFrom('', 'null', 'NaN', '\u2028"')),
  list: fc.option(fc.constantFrom([], [1.5, 2])),
  op: fc.constantFrom('upsert' as const, 'upsert' as const, 'upsert' as const, 'delete' as const),
})
const batches = fc.array(fc.array(arrival, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 })

const features = ['count', 'ratio', 'label', 'list'] as const

async function newGroup(shape: Shape, ttl: boolean): Promise<string> {
  const entity = { name: mintName('thing'), keys: shape.columns }
  const isKeyless = shape.columns.length === 0
  const { name } = await registerFeatureGroup(
    producer(),
    groupBody({
      entity: isKeyless ? undefined : entity,
      primary_key: shape.columns.map((column) => column.name),
      timestamp_key: 'at',
      ...(ttl ? { ttl: `PT${ttlHours}H` } : {}),
      features: [
        { name: 'count', type: 'int64', description: 'A number.' },
        { name: 'ratio', type: 'float64', description: 'A share.' },
        { name: 'label', type: 'string', description: 'A word.' },
        { name: 'list', type: 'array<float64>', description: 'Some numbers.' },
      ],
    }),
  )
  return name
}

const timeOf = ({ age }: Arrival) => new Date(now.getTime() - age * hour).toISOString()
const keyOf = (shape: Shape, place: number) => shape.keys[Math.min(place, shape.keys.length - 1)] ?? {}

const rowOf = (shape: Shape, one: Arrival) => {
  const key = keyOf(shape, one.key)
  if (one.op === 'delete') return { ...key, at: timeOf(one), _op: 'delete' }
  const { count, ratio, label, list } = one
  return { ...key, at: timeOf(one), count, ratio, label, list }
}

/** The row that a key has now, by a plain loop: the latest; at one time a tombstone, else what came later. */
function winnerOf(shape: Shape, arrivals: Arrival[], key: object): Arrival | null {
  let winner: Arrival | null = null
  for (const one of arrivals) {
    if (one.age < 0 || keyOf(shape, one.key) !== key) continue
    const isLater = winner === null || one.age < winner.age
    const isTie =
      winner !== null && one.age === winner.age && !(winner.op === 'delete' && one.op !== 'delete')
    if (isLater || isTie) winner = one
  }
  return winner
}

function expectedOf(winner: Arrival | null, ttl: boolean, feature: (typeof features)[number]) {
  if (!winner || winner.op === 'delete') return { status: 'NOT_FOUND', value: null }
  if (ttl && winner.age > ttlHours) return { status: 'OUTSIDE_MAX_AGE', value: null }
  const value = winner[feature]
  return { status: value === null ? 'NULL_VALUE' : 'PRESENT', value }
}

const columnsOf = (shape: Shape, keys: Record<string, unknown>[]) =>
  Object.fromEntries(shape.columns.map(({ name }) => [name, keys.map((key) => key[name])]))

async function historical(references: string[], keys: Record<string, unknown>[]) {
  const rows = keys.map((key) => ({ ...key, event_timestamp: now.toISOString() }))
  const request = { spine: { rows }, features: references }
  const { stream } = await getHistoricalFeatures(producer(), { request, upload: null, format: 'json' })
  // The answer in JSON has this form.
  return (parseJson(await text(stream)) as { rows: Record<string, unknown>[] }).rows
}

describe.each(Object.entries(shapes))('online = historical = a plain loop, keyed by %s', (_, shape) => {
  it('for every history and status', { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.boolean(), async (arrivals, ttl) => {
        const group = await newGroup(shape, ttl)
        for (const batch of arrivals) {
          const rows = batch.map((one) => rowOf(shape, one))
          await ingest(producer(), group, rows)
        }
        const references = features.map((feature) => `${group}:${feature}`)
        const online = await readOnline(producer(), references, columnsOf(shape, shape.keys))
        const history = await historical(references, shape.keys)
        for (const [row, key] of shape.keys.entries()) {
          const winner = winnerOf(shape, arrivals.flat(), key)
          for (const [column, feature] of features.entries()) {
            const expected = expectedOf(winner, ttl, feature)
            const answered = { status: online.statuses[column]?.[row], value: online.values[column]?.[row] }
            expect(answered).toEqual(expected)
            expect(history[row]?.[feature]).toEqual(expected.value)
            const time = expected.status === 'NOT_FOUND' || !winner ? null : timeOf(winner)
            expect(online.event_times[column]?.[row] ?? null).toBe(time?.replace('Z', '000Z') ?? null)
          }
        }
      }),
      { numRuns: 6 },
    )
  })
})
