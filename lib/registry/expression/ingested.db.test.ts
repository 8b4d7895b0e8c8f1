import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { ingestRows } from '@/lib/ingestion'
import { bytesOf, ingest, ingestInput, readOnline } from '@/lib/ingestion/testing'
import { registerFeatureGroup } from '../register-feature-group'
import { contextOf, groupBody, mintTeam } from '../testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let ctx: Context
beforeAll(async () => {
  engine = await startEngineForTests()
  ctx = contextOf(['producer', 'consumer'], await mintTeam())
})
afterAll(() => engine.stop())

const time = '2026-03-01T00:00:00Z'

it('computes derived features once, for every format, and refuses a row that disagrees', async () => {
  const body = groupBody({
    features: [
      { name: 'num_logins', type: 'int64' },
      { name: 'avg_session_duration', type: 'float64' },
      { name: 'session_hours', type: 'float64', expression: 'avg_session_duration / 60' },
      { name: 'busy', type: 'bool', expression: "num_logins > 3 and region <> 'test'" },
    ],
    inputs: [{ name: 'region', type: 'string' }],
  })
  await registerFeatureGroup(ctx, body)
  const key = { interaction_date: time, region: 'eu' }
  await ingest(ctx, body.name, [
    { customer_id: 1, ...key, num_logins: 5, avg_session_duration: 12.3 },
    { customer_id: 2, ...key, num_logins: 1, avg_session_duration: null },
  ])
  const csv = `customer_id,interaction_date,num_logins,avg_session_duration,region\n3,${time},9,30,test\n`
  await ingestRows(ctx, ingestInput(body.name, '', { contentType: 'text/csv', bytes: bytesOf(csv) }))
  const asked = ['session_hours', 'busy'].map((name) => `${body.name}:${name}`)
  const read = await readOnline(ctx, asked, { customer_id: [1, 2, 3] })
  expect(read.values).toEqual([
    [12.3 / 60, null, 0.5],
    [true, false, false],
  ])
  const disagrees = [{ customer_id: 4, ...key, num_logins: 5, avg_session_duration: 60, session_hours: 2 }]
  await expect(ingest(ctx, body.name, disagrees)).rejects.toMatchObject({ code: 'invalid' })
})
