import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { named, quoted, rowsOf } from './support/duckdb'
import { good, groups, send } from './support/product'

interface Group {
  name: string
  sample: boolean
  state: string
  keys: { name: string; type: string }[]
  timestamp_key: string
  ttl: string | null
  source_delay: string
  features: { name: string; role: string }[]
}

const spineRows = 1_000
const seed = Number(process.env.ALMANAC_TRUTH_SEED ?? 1)
const folder = mkdtempSync(join(tmpdir(), 'almanac-sample-history-'))
let sample: Group[]

beforeAll(async () => {
  const listed = good<{ data: Group[] }>(await send('GET', `${groups}?limit=200`))
  const names = listed.data.filter((group) => group.sample && group.state === 'active')
  sample = []
  for (const { name } of names) sample.push(good<Group>(await send('GET', `${groups}/${name}`)))
  // Labels are no features, so that a group of labels alone cannot be asked for.
  sample = sample.filter((group) => featuresOf(group).length > 0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const featuresOf = (group: Group) => group.features.filter(({ role }) => role === 'feature')

/** The group's own files: names begin with the instant of their commit. */
const historyOf = ({ name }: Group) =>
  `read_parquet(${quoted(join(inject('home'), 'offline', 'prod', name, '**', '*.parquet'))}, filename = true, union_by_name = true)`

/** Seconds of an ISO 8601 duration without months and years. */
function secondsOf(duration: string): number {
  const [, days, hours, minutes, seconds] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration) ?? []
  return (
    Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
  )
}

const engineTypes: Record<string, string> = {
  int32: 'INTEGER',
  int64: 'BIGINT',
  string: 'VARCHAR',
  bool: 'BOOLEAN',
  date: 'DATE',
}

type SpineRow = Record<string, unknown>

/**
 * Keys and times around rows of each group in turn: before it, at its very time, within its ttl and after. Key columns
 * of the other groups are those of some row of theirs.
 */
async function spineOf(): Promise<SpineRow[]> {
  const drawn = await Promise.all(
    sample.map((group) => {
      const keys = group.keys.map(({ name }) => named(name))
      const time = `CAST(epoch_us(${named(group.timestamp_key)}) AS VARCHAR) AS t`
      return rowsOf(
        `SELECT ${[...keys, time].join(', ')} FROM ${historyOf(group)} ORDER BY hash(_row, ${seed}) LIMIT ${spineRows}`,
      )
    }),
  )
  return Array.from({ length: spineRows }, (_, n) => {
    const turn = n % sample.length
    const order = [...drawn.keys()].sort((a, b) => Number(b !== turn) - Number(a !== turn))
    const merged: SpineRow = {}
    for (const index of order) {
      const { t, ...keys } = drawn[index]?.[n % (drawn[index]?.length ?? 1)] ?? {}
      Object.assign(merged, keys)
      if (index !== turn) continue
      const ttl = secondsOf(sample[turn]?.ttl ?? 'P30D')
      const steps = [0, -1, 3_600, ttl, ttl + 1, Math.floor(ttl / 2), -86_400]
      const micros =
        BigInt(String(t)) + BigInt(steps[Math.floor(n / sample.length) % steps.length] ?? 0) * 1_000_000n
      merged.event_timestamp = new Date(Number(micros / 1000n)).toISOString()
    }
    if (n % 41 === 0) for (const { name } of sample[turn]?.keys ?? []) merged[name] = null
    return { n, ...merged }
  })
}

/** For one group the newest row at or before each spine row's time, written by hand. */
function winners(group: Group): string {
  const at = named(group.timestamp_key)
  const delay = secondsOf(group.source_delay)
  const equal = group.keys.map(({ name }) => `s.${named(name)} = h.${named(name)}`)
  const ranked =
    `SELECT s.n, s.t, h.*, row_number() OVER (PARTITION BY s.n ORDER BY h.${at} DESC, h._op = 'delete' DESC, h.filename DESC, h._row DESC) AS place ` +
    `FROM spine s JOIN ${historyOf(group)} h ON ${[...equal, `h.${at} <= s.t - to_seconds(${delay})`].join(' AND ')}`
  const alive = group.ttl === null ? '' : ` AND ${at} >= t - to_seconds(${secondsOf(group.ttl)})`
  const columns = featuresOf(group).map(({ name }) => `${named(name)} AS ${named(`${group.name}__${name}`)}`)
  return `SELECT n, ${columns.join(', ')} FROM (${ranked}) WHERE place = 1 AND _op <> 'delete'${alive}`
}

function spineRelation(): string {
  const types = new Map(sample.flatMap(({ keys }) => keys.map(({ name, type }) => [name, type] as const)))
  const columns = [...types].map(
    ([name, type]) => `${quoted(name)}: ${quoted(engineTypes[type] ?? 'VARCHAR')}`,
  )
  const file = quoted(join(folder, 'spine.json'))
  return (
    `SELECT *, timezone('UTC', event_timestamp) AS t FROM read_json(${file}, format = 'array', ` +
    `columns = {${["n: 'BIGINT'", "event_timestamp: 'TIMESTAMPTZ'", ...columns].join(', ')}})`
  )
}

describe(`${spineRows} random spine rows over all sample groups`, () => {
  it('equal a DuckDB query written by hand', async () => {
    expect(sample.length).toBeGreaterThanOrEqual(6)
    const spine = await spineOf()
    writeFileSync(join(folder, 'spine.json'), JSON.stringify(spine))
    const features = sample.flatMap((group) => featuresOf(group).map(({ name }) => `${group.name}:${name}`))
    const answer = await send('POST', '/api/v1/historical-features', {
      headers: { accept: 'application/vnd.apache.parquet', 'content-type': 'application/json' },
      body: JSON.stringify({
        spine: { rows: spine },
        features,
        full_feature_names: true,
        purpose: 'service_improvement',
      }),
    })
    expect(answer.status, answer.text.slice(0, 1000)).toBe(200)
    writeFileSync(join(folder, 'answer.parquet'), answer.body)
    const names = features.map((reference) => named(reference.replace(':', '__')))
    const joins = sample.map((group, g) => `LEFT JOIN (${winners(group)}) g${g} ON s.n = g${g}.n`)
    const byHand = `SELECT s.n, ${names.join(', ')} FROM spine s ${joins.join(' ')} ORDER BY s.n`
    const statements = [
      `CREATE TEMP TABLE spine AS ${spineRelation()}`,
      `CREATE TEMP TABLE hand AS ${byHand}`,
    ]
    const product = `SELECT row_number() OVER () - 1 AS place, * FROM read_parquet(${quoted(join(folder, 'answer.parquet'))})`
    const same = names.map((name) => `count(*) FILTER (h.${name} IS NOT DISTINCT FROM p.${name}) AS ${name}`)
    const present = names.map((name) => `count(h.${name})`).join(' + ')
    const [counts] = await rowsOf(
      `SELECT count(*) AS rows, count(*) FILTER (p.n = p.place AND h.n = p.n) AS in_order, ${present} AS present, ${same.join(', ')} ` +
        `FROM (${product}) p JOIN hand h ON p.place = h.n`,
      statements,
    )
    const { rows, in_order, present: found, ...alike } = counts ?? {}
    expect([rows, in_order]).toEqual([String(spineRows), String(spineRows)])
    // Rows must be found, or nothing was compared: each row is near one group's, and every group is met.
    expect(Number(found)).toBeGreaterThan(spineRows)
    expect(alike).toEqual(Object.fromEntries(Object.keys(alike).map((name) => [name, String(spineRows)])))
    expect(Object.keys(alike)).toHaveLength(features.length)
  })
})
