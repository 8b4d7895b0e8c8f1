import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { requestMaterialization } from '@/lib/ingestion'
import { ingest, readOnline } from '@/lib/ingestion/testing'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { materialize, materializeIncremental } from '.'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const now = new Date('2026-06-01T00:00:00Z')
const producer = () => contextOf(['producer'], team, { now: () => now, via: 'feast' })
async function filled(): Promise<string> {
  const { name } = await registerFeatureGroup(producer(), groupBody())
  const rows = [1, 2].map((day) => ({ customer_id: 1, interaction_date: `2026-05-0${day}`, num_logins: day }))
  await ingest(producer(), name, rows, { to: 'offline' })
  return name
}
const online = async (group: string) =>
  (await readOnline(producer(), [`${group}:num_logins`], { customer_id: [1] })).values[0]

describe('Feast’s materialize', () => {
  it('brings the rows of its event times online before it answers', async () => {
    const group = await filled()
    const span = { start_ts: '2026-04-30T00:00:00', end_ts: '2026-05-01T00:00:00' }
    await materialize(producer(), { ...span, feature_views: [`${group}@v1`] })
    expect(await online(group)).toEqual([1])
    await materializeIncremental(producer(), { end_ts: '2026-05-31T00:00:00', feature_views: [group] })
    expect(await online(group)).toEqual([2])
  })

  it('without names takes every view that waits and that the caller may write to', async () => {
    const [first, second] = [await filled(), await filled()]
    const other = contextOf(['producer'], await mintTeam(), { now: () => now })
    await materialize(other, { disable_event_timestamp: true })
    expect(await online(first)).toEqual([null])
    await materialize(producer(), { disable_event_timestamp: true })
    expect([await online(first), await online(second)]).toEqual([[2], [2]])
  })

  it('answers with jobs when it is not to be waited for', async () => {
    const group = await filled()
    const body = { end_ts: '2026-05-31T00:00:00', feature_views: [group] }
    expect(await materializeIncremental(producer(), body, true)).toEqual([
      expect.stringMatching(/^[0-9a-f]{32}$/),
    ])
    expect(await online(group)).toEqual([null])
  })

  it('is refused for unknown views, broken spans, by those who may not, and while another runs', async () => {
    const group = await filled()
    const all = { disable_event_timestamp: true }
    await expect(materialize(producer(), { ...all, feature_views: ['nothing'] })).rejects.toMatchObject({
      code: 'not_found',
    })
    for (const body of [{}, { start_ts: '2026-05-01' }, { start_ts: 'x', end_ts: 'y' }, null])
      await expect(materialize(producer(), body)).rejects.toMatchObject({ code: 'invalid' })
    await expect(
      materialize(contextOf(['viewer']), { ...all, feature_views: [group] }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    })
    await requestMaterialization(producer(), { group }, {})
    await expect(materialize(producer(), { ...all, feature_views: [group] })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})
