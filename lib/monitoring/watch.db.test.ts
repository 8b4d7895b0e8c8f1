import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { ingest } from '@/lib/ingestion/testing'
import { groupProfile, readProfiles } from '@/lib/profiles'
import { registerFeatureGroup, resolveVersion } from '@/lib/registry'
import { contextOf, groupBody, mintTeam } from '@/lib/registry/testing'
import { getDistributions } from './distributions'
import { startWatching } from './watch'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let stop: () => Promise<void>
beforeAll(async () => {
  engine = await startEngineForTests()
  stop = await startWatching()
})
afterAll(async () => {
  await stop()
  await engine.stop()
})

it('counts after a commit, so that lists show it without asking the engine', async () => {
  const ctx = contextOf(['producer'], await mintTeam())
  const group = await registerFeatureGroup(ctx, groupBody())
  const { versionId } = await resolveVersion(ctx, { group: group.name })
  const counted = async () => {
    const rows = await readProfiles({ versionIds: [versionId], environment: 'prod', span: 'whole' })
    return Object.fromEntries(rows.map(({ feature, rows: count }) => [feature, count]))
  }
  const rowsAt = (day: string) =>
    Array.from({ length: 30 }, (_, i) => ({ customer_id: i, interaction_date: day, num_logins: i % 5 }))
  expect(await counted()).toEqual({})
  await ingest(ctx, group.name, rowsAt('2026-02-01'))
  const first = { num_logins: 30, avg_session_duration: 30, [groupProfile]: 30 }
  await expect.poll(counted, { timeout: 15_000 }).toEqual(first)
  await ingest(ctx, group.name, rowsAt('2026-02-02'))
  const second = { num_logins: 60, avg_session_duration: 60, [groupProfile]: 60 }
  await expect.poll(counted, { timeout: 15_000 }).toEqual(second)

  const names = [`${group.name}:num_logins`, `${group.name}:avg_session_duration`, `${group.name}:nothing`]
  const shapes = await getDistributions(ctx, names)
  expect(shapes.get(names[0] ?? '')?.reduce((total, count) => total + count, 0)).toBe(60)
  expect([...shapes.keys()]).toEqual(names.slice(0, 2))
  expect(await getDistributions(contextOf([]), names)).toEqual(new Map())
})

it('begins with what was committed while nobody watched', async () => {
  await stop()
  const ctx = contextOf(['producer'], await mintTeam())
  const group = await registerFeatureGroup(ctx, groupBody())
  const { versionId } = await resolveVersion(ctx, { group: group.name })
  await ingest(ctx, group.name, [{ customer_id: 1, interaction_date: '2026-02-01', num_logins: 3 }])
  stop = await startWatching()
  const counted = async () =>
    (await readProfiles({ versionIds: [versionId], environment: 'prod', span: 'whole' })).length
  await expect.poll(counted, { timeout: 15_000 }).toBe(3)
})
