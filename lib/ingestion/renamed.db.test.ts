import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { listQuarantine, replayQuarantine, streamRows } from '.'
import { bytesOf, ingest, ingestInput, readOnline } from './testing'
import { inEveryFormat, type TestTable } from './testing/tables'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const producer = () => contextOf(['producer'], team, { now: () => new Date('2026-06-01T00:00:00Z') })
const features = [
  { name: 'water_celsius', type: 'float64' },
  { name: 'mood', type: 'string', contract: { allowed: ['calm', 'wild'] } },
]
const newGroup = async () => (await registerFeatureGroup(producer(), groupBody({ features }))).name

/** No column is called as in the group, and one is called as another is there. */
const table = (...moods: string[]): TestTable => ({
  columns: [
    { name: 'Buoy: No', kind: 'int' },
    { name: 'Read At', kind: 'text' },
    { name: 'mood', kind: 'float' },
    { name: 'Sea "Mood"', kind: 'text' },
    { name: 'Remarks, all', kind: 'text' },
  ],
  rows: moods.map((mood, row) => [BigInt(row + 1), '2026-05-01', row + 0.5, mood, 'none']),
})
const rename = [
  'Buoy: No:customer_id',
  'Read At:interaction_date',
  'mood:water_celsius',
  'Sea "Mood":mood',
  'Remarks, all:',
]
const values = async (group: string, ids: number[]) =>
  (await readOnline(producer(), [`${group}:water_celsius`, `${group}:mood`], { customer_id: ids })).values

const formats = [
  'application/json',
  'application/x-ndjson',
  'text/csv',
  'application/vnd.apache.parquet',
  'application/vnd.apache.arrow.stream',
]

describe.each(formats)('%s under other names', (contentType) => {
  const bodyOf = async (one: TestTable) => {
    const bytes = (await inEveryFormat(one)).get(contentType) ?? new Uint8Array()
    return { contentType, bytes: bytesOf(bytes) }
  }

  it('reads keys, time and features as they are declared, and leaves out what is named so', async () => {
    const group = await newGroup()
    const answer = await ingest(producer(), group, '', { ...(await bodyOf(table('calm', 'wild'))), rename })
    expect(answer).toMatchObject({ accepted: 2, rejected: 0 })
    expect(await values(group, [1, 2])).toEqual([
      [0.5, 1.5],
      ['calm', 'wild'],
    ])
  })

  it('names the fault by the declared column, and keeps the row so that it can be replayed', async () => {
    const group = await newGroup()
    const body = await bodyOf(table('calm', 'odd'))
    const answer = await ingest(producer(), group, '', { ...body, rename, mode: 'quarantine' })
    expect(answer).toMatchObject({ accepted: 1, quarantined: 1 })
    expect(answer.errors[0]).toMatchObject({ row: 2, column: 'mood', rule: 'allowed' })
    const [held] = (await listQuarantine(producer(), { group, state: 'held', limit: 10 })).data
    expect(Object.keys(held?.row ?? {}).sort()).toEqual([
      'customer_id',
      'interaction_date',
      'mood',
      'water_celsius',
    ])
    const row = { ...held?.row, mood: 'wild' }
    await replayQuarantine(producer(), { group, to: 'both' }, { rows: [{ id: held?.id, row }] })
    expect(await values(group, [2])).toEqual([[1.5], ['wild']])
  })

  it('still refuses a column of which nothing was said, and two that would be one', async () => {
    const group = await newGroup()
    const send = async (pairs: string[]) =>
      ingest(producer(), group, '', { ...(await bodyOf(table('calm'))), rename: pairs })
    await expect(send(rename.slice(0, 4))).rejects.toThrow('Remarks, all')
    const twice = ['Buoy: No:customer_id', 'Read At:interaction_date', 'Sea "Mood":mood', 'Remarks, all:']
    await expect(send(twice)).rejects.toMatchObject({ code: 'invalid' })
  })
})

it('refuses pairs that mean nothing', async () => {
  const group = await newGroup()
  const send = (...pairs: string[]) => ingest(producer(), group, [], { rename: pairs })
  await expect(send('Mood')).rejects.toMatchObject({ details: { errors: [{ pointer: '/rename' }] } })
  await expect(send('Mood:moood')).rejects.toThrow('moood')
  await expect(send('Mood:mood', 'mOOD:mood')).rejects.toThrow('Two columns')
  await expect(send('Mood:mood', 'Mood:')).rejects.toThrow('twice')
})

it('reads a stream of commits and a long body so too', async () => {
  const group = await newGroup()
  const ndjson = (rows: number) =>
    Array.from({ length: rows }, (_, row) =>
      JSON.stringify({ 'Buoy: No': row, 'Read At': '2026-05-01', mood: row / 2, 'Sea "Mood"': 'calm' }),
    ).join('\n')
  const contentType = 'application/x-ndjson'
  const pairs = rename.slice(0, 4)
  const stream = { ...ingestInput(group, ndjson(3), { contentType, rename: pairs }), commitRows: 2 }
  const lines: string[] = []
  for await (const line of await streamRows(producer(), stream)) lines.push(line)
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ end: true, accepted: 3 })
  expect(await values(group, [2])).toEqual([[1], ['calm']])

  const long = 20_000
  const csv = `Buoy: No,Read At,mood,"Sea ""Mood""",more\n${Array.from({ length: long }, (_, row) => `${row},2026-05-02,${row / 4},wild,${'x'.repeat(60)}`).join('\n')}`
  for (const [type, body] of [
    [contentType, ndjson(long)],
    ['text/csv', csv],
  ] as const) {
    const answer = await ingest(producer(), group, '', {
      contentType: type,
      bytes: bytesOf(body),
      rename: type === 'text/csv' ? [...pairs, 'more:'] : pairs,
    })
    expect(answer.accepted, type).toBe(long)
  }
  expect(await values(group, [8])).toEqual([[2], ['wild']])
})
