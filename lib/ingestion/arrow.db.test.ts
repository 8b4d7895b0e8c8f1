import {
  Field,
  Int32,
  Int64,
  Struct,
  Table,
  Timestamp,
  TimeUnit,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { bytesOf, ingest, readOnline } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const producer = () => contextOf(['producer'], team, { now: () => new Date('2026-06-01T00:00:00Z') })
const newGroup = async () => (await registerFeatureGroup(producer(), groupBody())).name

const types = ['application/vnd.apache.arrow.stream', 'application/vnd.apache.arrow.file'] as const

const send = (group: string, columns: Record<string, Vector>, over = {}) =>
  ingest(producer(), group, '', {
    contentType: types[0],
    bytes: bytesOf(tableToIPC(new Table(columns), 'stream')),
    ...over,
  })

const ids = (...values: (bigint | null)[]) => vectorFromArray(values, new Int64())
const texts = (...values: (string | null)[]) => vectorFromArray(values, new Utf8())
const times = (count: number) => texts(...Array.from({ length: count }, () => '2026-05-01T08:00:00Z'))

describe('Arrow', () => {
  it.each(types)('%s brings rows and tombstones', async (contentType) => {
    const group = await newGroup()
    const table = new Table({
      customer_id: ids(1n, 2n, 3n),
      interaction_date: times(3),
      num_logins: ids(9007199254740993n, null, null),
      _op: texts(null, 'upsert', 'delete'),
    })
    const bytes = bytesOf(tableToIPC(table, contentType.endsWith('file') ? 'file' : 'stream'))
    expect(await ingest(producer(), group, '', { contentType, bytes })).toMatchObject({ accepted: 3 })
    const read = await readOnline(producer(), [`${group}:num_logins`], { customer_id: [1, 2, 3] })
    expect([read.values[0], read.statuses[0]]).toEqual([
      [9007199254740993n, null, null],
      ['PRESENT', 'NULL_VALUE', 'NOT_FOUND'],
    ])
  })

  it('refuses an instant that is finer than a microsecond, by row and column', async () => {
    const group = await newGroup()
    const instants = vectorFromArray([0, 0], new Timestamp(TimeUnit.NANOSECOND, 'Europe/Stockholm'))
    instants.data[0]?.values.set([1_772_353_800_000_000_000n, 1_772_353_800_000_000_001n])
    await expect(send(group, { customer_id: ids(1n, 2n), interaction_date: instants })).rejects.toMatchObject(
      {
        details: { errors: [{ row: 2, column: 'interaction_date', rule: 'precision' }] },
      },
    )
  })

  it('names undeclared columns, also of types that no feature has, or drops them', async () => {
    const group = await newGroup()
    const columns = {
      customer_id: ids(1n),
      interaction_date: times(1),
      pair: vectorFromArray([{ a: 1 }], new Struct([new Field('a', new Int32())])),
    }
    await expect(send(group, columns)).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ column: 'pair' }] },
    })
    expect(await send(group, columns, { unknown: 'ignore' })).toMatchObject({ accepted: 1 })
    await expect(
      send(group, { ...columns, num_logins: columns.pair }, { unknown: 'ignore' }),
    ).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ column: 'num_logins', rule: 'type' }] },
    })
  })

  it.each(types)('refuses bytes that are no %s', async (contentType) => {
    const group = await newGroup()
    for (const body of ['', 'ARROW1', 'customer_id,interaction_date\n1,2026-05-01\n', '{"rows":[]}'])
      await expect(ingest(producer(), group, body, { contentType })).rejects.toMatchObject({
        code: 'not_parseable',
      })
  })
})
