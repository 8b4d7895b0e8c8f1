import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, features as featureTable } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { ingest } from '@/lib/ingestion/testing'
import { contextOf, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { datasetRefusals, getDatasetRows } from '.'
import { built, featureGroup } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
let dataset: string
const now = new Date('2026-06-01T00:00:00Z')
const owner = () => contextOf(['producer'], team, { now: () => now })

beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
  const group = await featureGroup(owner())
  await ingest(owner(), group, [
    {
      customer_id: 1,
      interaction_date: '2026-03-01',
      num_logins: '9007199254740993',
      avg_session_duration: 1,
    },
  ])
  const rows = [1, 2].map((customer_id) => ({ customer_id, event_timestamp: '2026-04-01T00:00:00Z' }))
  dataset = (await built(owner(), { features: [`${group}:num_logins`], spine: { rows } })).dataset
})
afterAll(() => engine.stop())

const rowsOf = (ctx = owner(), limit = 50) => getDatasetRows(ctx, { dataset, version: 1, limit })

describe('the first rows of a dataset', () => {
  it('stand as they lie in its file, with every digit, and no more than asked', async () => {
    const { file, total, columns, rows } = await rowsOf()
    expect({ file, total }).toEqual({ file: 'data.parquet', total: 2 })
    expect(columns.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'customer_id spine',
      'event_timestamp timestamp',
      'num_logins feature',
    ])
    expect(rows.map(({ num_logins }) => num_logins)).toEqual(['9007199254740993', null])
    expect((await rowsOf(owner(), 1)).rows).toHaveLength(1)
  })

  it('are a read: for who may read every column, and in the log', async () => {
    const stranger = contextOf(['viewer'], null, { now: () => now })
    await expect(rowsOf(stranger)).rejects.toMatchObject({ code: 'forbidden' })
    await rowsOf()
    const looks = await db()
      .select({ actor: auditLog.actorId })
      .from(auditLog)
      .where(and(eq(auditLog.resourceName, `${dataset}@1`), eq(auditLog.reason, 'preview')))
    expect(looks.length).toBeGreaterThan(0)
  })

  it('stand there without the values of a column that their reader may not read', async () => {
    const kinds = [
      { name: 'visits', type: 'int64', description: 'Visits.' },
      { name: 'salary', type: 'int64', description: 'Pay.' },
    ]
    const group = await featureGroup(owner(), { name: mintName('pay'), features: kinds })
    await ingest(owner(), group, [
      { customer_id: 1, interaction_date: '2026-03-01', visits: '3', salary: '77777' },
    ])
    const spine = { rows: [{ customer_id: 1, event_timestamp: '2026-04-01T00:00:00Z' }] }
    const features = [`${group}:visits`, `${group}:salary`]
    const mixed = (await built(owner(), { features, spine })).dataset
    const secret = (await built(owner(), { features: [`${group}:salary`], spine })).dataset
    // Rights are those of now, whatever the class was when it was built.
    await db()
      .update(featureTable)
      .set({ classification: 'confidential' })
      .where(eq(featureTable.name, 'salary'))
    const look = (ctx: Context) => getDatasetRows(ctx, { dataset: mixed, version: 1, limit: 50 })
    const whole = await look(owner())
    expect([whole.masked, whole.rows[0]?.salary]).toEqual([[], '77777'])
    const consumer = contextOf(['consumer'], await mintTeam(), { now: () => now })
    const { columns, rows, masked } = await look(consumer)
    expect(rows).toEqual([expect.objectContaining({ visits: '3' })])
    expect(JSON.stringify(rows)).not.toContain('77777')
    expect(columns.map(({ name }) => name)).toContain('salary')
    expect(masked).toMatchObject([{ name: 'salary', classification: 'confidential', position: 3 }])
    expect(masked[0]?.because).not.toBe('')
    expect(await datasetRefusals(consumer, mixed, 1)).toMatchObject({ rows: null, read: expect.any(String) })
    await expect(getDatasetRows(consumer, { dataset: secret, version: 1, limit: 50 })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
