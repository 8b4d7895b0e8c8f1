import { beforeAll, describe, expect, it } from 'vitest'
import { authorize } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { groupFactsOf, registerFeatureGroup } from '@/lib/registry'
import { classifyFeature, contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { getAccess } from '.'

let team: TestTeam
let group: string
beforeAll(async () => {
  team = await mintTeam()
  group = (await registerFeatureGroup(contextOf(['producer'], team), groupBody())).name
  await classifyFeature(group, 'num_logins', 'restricted')
})

const readers: Record<string, () => Context> = {
  'a producer of its team': () => contextOf(['producer'], team),
  'a consumer of no team': () => contextOf(['consumer'], null),
  'a viewer': () => contextOf(['viewer'], null),
}

describe('getAccess', () => {
  it.each(Object.keys(readers))('says of %s what the acts themselves are told', async (who) => {
    const ctx = readers[who]?.() ?? contextOf(['viewer'], null)
    const access = await getAccess(ctx, group, {})
    const facts = await groupFactsOf(ctx, group)
    for (const act of ['group:update', 'group:write_offline'] as const) {
      const told = access.changing.find(({ action }) => action === act)?.allowed
      const real = await authorize(ctx, act, facts).then(
        () => true,
        () => false,
      )
      expect([act, told]).toEqual([act, real])
    }
  })

  it('counts no feature that its reader may not know of', async () => {
    const outside = await getAccess(contextOf(['consumer'], null), group, {})
    expect(outside.classes.map(({ classification }) => classification)).toEqual(['internal'])
    expect(JSON.stringify(outside)).not.toContain('num_logins')
    const inside = await getAccess(contextOf(['producer'], team), group, {})
    expect(inside.classes.at(-1)).toMatchObject({
      classification: 'restricted',
      features: ['num_logins'],
      values: { allowed: false },
    })
  })
})
