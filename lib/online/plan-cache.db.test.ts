import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { sql } from '@/db/client'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { keepFresh, keptPlan, newPlan } from './plan-cache'

// As if no change were ever announced.
vi.mock('@/lib/registry', async (original) => ({
  ...(await original<typeof import('@/lib/registry')>()),
  listenToRegistry: async () => ({ stop: async () => {} }),
}))

let team: TestTeam
beforeAll(async () => {
  team = await mintTeam()
})
afterEach(() => vi.useRealTimers())

it('a plan in use is made anew ahead of its end: the same one while nothing changed, else another', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const ctx = contextOf(['producer'], team)
  const { name } = await registerFeatureGroup(ctx, groupBody({ ttl: 'P1D' }))
  const asked = { features: [`${name}:num_logins`] }
  const start = Date.now()
  const planAt = (seconds: number) => {
    vi.setSystemTime(start + seconds * 1000)
    return keptPlan(ctx, asked, false)
  }
  const plan = await newPlan(ctx, asked, false)
  expect(planAt(6)).toBeNull()
  expect(planAt(3)).toBe(plan)
  keepFresh(ctx, plan, asked, false)
  const afterItsEnd = () => {
    const kept = planAt(7)
    planAt(4)
    return kept
  }
  await expect.poll(afterItsEnd, { timeout: 5000, interval: 20 }).toBe(plan)
  await sql()`update feature_group_versions v set ttl_seconds = 172800 from feature_groups g where g.id = v.group_id and g.name = ${name}`
  await expect
    .poll(
      () => {
        const kept = planAt(11)
        planAt(8)
        return kept?.views[0]?.ttlSeconds
      },
      { timeout: 5000, interval: 20 },
    )
    .toBe(2 * 86_400)
})
