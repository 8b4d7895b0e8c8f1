import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CanonicalValue, formatTimestamp, toFragment } from '@/lib/core/feature-type'
import { bundlePath } from '@/scripts/lib/bundle.mjs'
import { type EngineProcess, startEngine } from './engine-supervisor'
import { offlineStore } from './index'
import { historyOf, type OracleGroup, type OracleRow, oracleValues } from './join.testing'
import type { Column, HistorySchema } from './port'

let engine: EngineProcess
beforeAll(async () => {
  engine = await startEngine({ bundle: bundlePath('engine') })
})
afterAll(() => engine.stop())

/** Histories of a pack share files and differ in their first key, so that thousands are joined in seconds. */
const historiesInPack = 50
/** ALMANAC_TRUTH_PACKS=1000 is the long form. */
const packs = Number(process.env.ALMANAC_TRUTH_PACKS ?? 24)
const firstSeed = Number(process.env.ALMANAC_TRUTH_SEED ?? 1)

/** mulberry32, so that a failure names a seed by which it comes again. */
function randomOf(seed: number) {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (count: number) => Math.floor(next() * count)
  const chance = (share: number) => next() < share
  return { below, chance, of: <T>(list: readonly [T, ...T[]]): T => list[below(list.length)] ?? list[0] }
}
type Random = ReturnType<typeof randomOf>

const second = 1_000_000n
const start = 1_700_000_000n * second
/** Few instants, so that ties, the edges of ttl and delay, and late rows happen all the time. */
const instant = (random: Random) => start + BigInt(random.below(14)) * second + BigInt(random.below(2))

const int64 = { kind: 'int64' } as const
const column = (name: string, type: Column['type'] = int64): Column => ({ name, type })
const features = [column('count'), column('word', { kind: 'string' }), column('share', { kind: 'float64' })]
const schemas: HistorySchema[] = [
  { keys: [column('h'), column('id')], eventTime: 'at', features },
  { keys: [column('h'), column('id'), column('place', { kind: 'string' })], eventTime: 'at', features },
  { keys: [column('h')], eventTime: 'at', features },
]

const ids = [1n, 11n, 9007199254740993n] as const
/** With `id`, "1" + "12" and "11" + "2" would be the same run of letters. */
const places = ['12', '2', ''] as const

function rowOf(random: Random, { keys }: HistorySchema, h: bigint): OracleRow {
  const deleted = random.chance(0.15)
  const word = random.of(['', 'a,"b"', 'null', 'Ω'])
  const values: CanonicalValue[] = [BigInt(random.below(1000)), word, random.below(8) / 4]
  return {
    key: [h, random.of(ids), random.of(places)].slice(0, keys.length),
    micros: instant(random),
    deleted,
    features: values.map((value) => (deleted || random.chance(0.25) ? null : value)),
  }
}

function groupOf(random: Random, schema: HistorySchema): OracleGroup {
  const commits = Array.from({ length: 1 + random.below(4) }, (_, c) => ({
    createdMicros: start + BigInt(2 + c * 3) * second,
    rows: Array.from({ length: historiesInPack }, (_, h) =>
      Array.from({ length: random.below(7) }, () => rowOf(random, schema, BigInt(h))),
    ).flat(),
  }))
  return {
    schema,
    commits,
    ttlSeconds: random.chance(0.6) ? random.below(7) : null,
    sourceDelaySeconds: random.of([0, 0, 1, 4]),
  }
}

interface PackRow {
  micros: bigint
  h: bigint
  id: bigint | null
  other: bigint | null
  place: string | null
}

/** The same instant as some clock of the world shows it. */
function inSomeZone(random: Random, micros: bigint): string {
  const minutes = random.of([0, 60, -300, 330, 765, -570])
  const local = formatTimestamp(micros + BigInt(minutes) * 60n * second)
  if (minutes === 0) return random.chance(0.5) ? local : local.slice(0, -1)
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const offset = [hours, rest].map((part) => String(part).padStart(2, '0')).join(':')
  return `${local.slice(0, -1)}${minutes < 0 ? '-' : '+'}${offset}`
}

const spineOf = (random: Random): PackRow[] =>
  Array.from({ length: historiesInPack * 6 }, () => ({
    micros: instant(random),
    h: BigInt(random.below(historiesInPack + 2)),
    id: random.chance(0.05) ? null : random.of(ids),
    other: random.chance(0.05) ? null : random.of(ids),
    place: random.chance(0.05) ? null : random.of(places),
  }))

/** Groups, and the first of them once more under another role of its key. */
const joinsOf = (groups: OracleGroup[]) => [
  ...groups.map((group) => ({ group, role: 'id' as const })),
  ...groups.slice(0, 1).map((group) => ({ group, role: 'other' as const })),
]

async function checkPack(seed: number): Promise<void> {
  const random = randomOf(seed)
  const groups = schemas.map((schema) => groupOf(random, schema))
  const rows = spineOf(random)
  const knownAt = random.of([null, null, instant(random), 'event' as const])
  const joins = joinsOf(groups)
  const spine = await offlineStore().stageSpine({
    rows: rows.map(({ micros, ...keys }, n) => ({ n, ...keys, time: inSomeZone(random, micros) })),
    timestampColumn: 'time',
    keys: [column('h'), column('id'), column('other'), column('place', { kind: 'string' })],
  })
  const asked = []
  for (const { group, role } of joins) {
    const keys = Object.fromEntries(group.schema.keys.map(({ name }) => [name, name === 'id' ? role : name]))
    asked.push({ ...group, history: await historyOf(group), keys })
  }
  const outputs = joins.flatMap((_, group) =>
    features.map(({ name }) => ({ group, feature: name, as: `${name}_${group}` })),
  )
  const answer = offlineStore().join({ spine, groups: asked, outputs, knownAt })
  const lines = (await text(await answer.open('ndjson'))).split('\n').slice(0, -1)
  const own = spine.columns.length
  for (const [n, row] of rows.entries()) {
    const expected = joins.flatMap(({ group, role }) => {
      const key = [row.h, row[role], row.place].slice(0, group.schema.keys.length)
      const found = oracleValues(group, { micros: row.micros, key }, knownAt)
      return features.map(({ type }, i) => toFragment(type, found[i] ?? null))
    })
    const cells = answer.columns.slice(own).map(({ name }, i) => `"${name}":${expected[i]}`)
    const got = lines[n]?.slice(lines[n].indexOf(`"${answer.columns[own]?.name}":`), -1)
    expect(got, `seed ${seed}, spine row ${n}`).toBe(cells.join(','))
  }
  expect(lines.length).toBe(rows.length)
  await spine.dispose()
}

describe('point-in-time join, in packs', () => {
  it(`equals a loop with no SQL on ${packs * historiesInPack * schemas.length} random histories`, async () => {
    for (let seed = firstSeed; seed < firstSeed + packs; seed++) await checkPack(seed)
  }, 3_600_000)
})
