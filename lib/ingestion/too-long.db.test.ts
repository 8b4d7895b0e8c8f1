import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { bytesOf, ingest, parquetOf } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const producer = () => contextOf(['producer'], team)
type Row = ReturnType<typeof rowOf>
const rowOf = (maker: string, serial: string, note = '') => ({
  maker,
  serial,
  interaction_date: '2026-03-01',
  note,
})
const random = (bytes: number) => randomBytes(bytes).toString('hex')

async function newGroup(): Promise<string> {
  const keys = ['maker', 'serial'].map((name) => ({ name, type: 'string' }))
  const body = groupBody({
    entity: { name: mintName('device'), keys },
    primary_key: ['maker', 'serial'],
    features: [{ name: 'note', type: 'string' }],
  })
  return (await registerFeatureGroup(producer(), body)).name
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

const ingestParquet = async (group: string, rows: Row[]) => {
  const selects = rows.map(
    ({ maker, serial, note }) =>
      `select ${literal(maker)} as maker, ${literal(serial)} as serial, timestamp '2026-03-01' as interaction_date, ${literal(note)} as note`,
  )
  const bytes = bytesOf(await parquetOf(selects.join(' union all ')))
  return ingest(producer(), group, '', { contentType: 'application/vnd.apache.parquet', bytes })
}

describe('what no index and no line holds', () => {
  // Two JSON texts with their four quotes and the mark between them: 2,000 bytes that do not compress.
  const longest = rowOf(random(500), `${random(497)}a`)

  it.each([
    ['2,000 bytes', rowOf('m', `${random(1000)}é`)],
    ['2,000 bytes once they are escaped', rowOf('\u0001'.repeat(340), 's')],
  ])('refuses a key of more than %s, from JSON and from Parquet', async (_, tooLong) => {
    const group = await newGroup()
    for (const send of [
      (rows: Row[]) => ingest(producer(), group, rows),
      (rows: Row[]) => ingestParquet(group, rows),
    ]) {
      expect(await send([longest])).toMatchObject({ accepted: 1 })
      await expect(send([longest, tooLong])).rejects.toMatchObject({
        code: 'invalid',
        details: { errors: [{ row: 2, rule: 'key_length' }] },
      })
    }
  })

  it('refuses a row of more than 16 MiB, by its longest column', async () => {
    const group = await newGroup()
    const rows = [rowOf('m', '1', 'x'), rowOf('m', '2', 'x'.repeat(17 * 1024 * 1024))]
    await expect(ingest(producer(), group, rows)).rejects.toMatchObject({
      details: { errors: [{ row: 2, column: 'note', rule: 'row_length' }] },
    })
  })
})
