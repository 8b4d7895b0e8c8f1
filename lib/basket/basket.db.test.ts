import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { testActor, testContext } from '@/lib/identity/testing'
import { deprecateVersion, registerFeatureGroup } from '@/lib/registry'
import { classifyFeature, groupBody, mintName } from '@/lib/registry/testing'
import { addToBasket, getBasket, lookInto, removeFromBasket, replaceBasket } from '.'
import { mostFeatures } from './operations'

let owner: Context
let reader: Context
let group: string
const many = Array.from({ length: mostFeatures + 1 }, (_, at) => ({ name: `f_${at}`, type: 'int64' }))
const names = async (ctx: Context) => (await getBasket(ctx)).data.map(({ feature }) => feature)
const newReader = async () => testContext(await testActor({ role: 'viewer' }))

beforeAll(async () => {
  const team = mintName('team')
  owner = testContext(await testActor({ role: 'producer', team }))
  const features = [...many, { name: 'churned', type: 'bool', role: 'label', horizon: 'P30D' }]
  group = (await registerFeatureGroup(owner, groupBody({ owner_team: team, features }))).name
})

describe('a basket', () => {
  it('is its person’s, keeps its order, and takes each feature once', async () => {
    reader = await newReader()
    expect(await getBasket(reader)).toEqual({ data: [], meta: { total: 0, limit: mostFeatures } })
    await addToBasket(reader, { features: [`${group}:f_1`, `${group}@1:f_0`] })
    await addToBasket(reader, { features: [`${group}:f_2`, `${group}:f_1`] })
    expect(await names(reader)).toEqual([`${group}:f_1`, `${group}@1:f_0`, `${group}:f_2`])
    expect(await names(owner)).toEqual([])
    await removeFromBasket(reader, `${group}@1:f_0`)
    await addToBasket(reader, { features: [`${group}:f_3`] })
    expect(await names(reader)).toEqual([`${group}:f_1`, `${group}:f_2`, `${group}:f_3`])
    await replaceBasket(reader, { features: [`${group}:f_3`, `${group}:f_1`] })
    expect(await names(reader)).toEqual([`${group}:f_3`, `${group}:f_1`])
    expect((await replaceBasket(reader, { features: [] })).meta.total).toBe(0)
  })

  it('is in the audit log as often as it changed', async () => {
    const own = await newReader()
    const feature = `${group}:f_1`
    await addToBasket(own, { features: [feature] })
    await addToBasket(own, { features: [feature] })
    await removeFromBasket(own, `${group}:f_2`)
    await removeFromBasket(own, feature)
    const acts = await db()
      .select({ reason: auditLog.reason, before: auditLog.before, after: auditLog.after })
      .from(auditLog)
      .where(eq(auditLog.actorId, own.actor.id))
      .orderBy(auditLog.time, auditLog.id)
    const told = { reason: 'Basket changed' }
    expect(acts).toEqual([
      { ...told, before: { features: [] }, after: { features: [feature] } },
      { ...told, before: { features: [feature] }, after: { features: [] } },
    ])
  })

  it('is filled from two machines at once without losing or doubling', async () => {
    const both = await newReader()
    await Promise.all(
      many.slice(0, 6).map(({ name }) => addToBasket(both, { features: [`${group}:${name}`] })),
    )
    expect(new Set(await names(both)).size).toBe(6)
  })

  it('holds so many and no more, all of a request or none', async () => {
    const full = await newReader()
    const all = many.map(({ name }) => `${group}:${name}`)
    await addToBasket(full, { features: all.slice(0, mostFeatures - 1) })
    await expect(addToBasket(full, { features: all.slice(-2) })).rejects.toMatchObject({ code: 'conflict' })
    expect(await names(full)).toHaveLength(mostFeatures - 1)
    await expect(replaceBasket(full, { features: all })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('takes no label, no nonsense and nothing that is hidden', async () => {
    const strict = await newReader()
    const other = (await registerFeatureGroup(owner, groupBody())).name
    await classifyFeature(other, 'num_logins', 'restricted')
    for (const [feature, code] of [
      [`${group}:churned`, 'invalid'],
      ['nonsense', 'invalid'],
      [`${group}:nowhere`, 'not_found'],
      [`${other}:num_logins`, 'not_found'],
    ])
      await expect(addToBasket(strict, { features: [feature] })).rejects.toMatchObject({ code })
    expect(await names(strict)).toEqual([])
  })

  it('says what became of what was put in: deprecated with the way on, or there no more', async () => {
    const later = await newReader()
    const [left, next] = await Promise.all([1, 2].map(() => registerFeatureGroup(owner, groupBody())))
    const old = left?.name ?? ''
    await addToBasket(later, { features: [`${old}:num_logins`, `${group}:f_0`] })
    await deprecateVersion(owner, old, 1, {
      reason: 'Another counts better.',
      replacement: next?.name,
      sunset_at: new Date(Date.now() + 90 * 86_400_000).toISOString(),
    })
    const [first, second] = await lookInto(later, await names(later))
    expect(first?.found).toMatchObject({ lifecycle: 'deprecated', swap: `${next?.name}:num_logins` })
    expect(second?.found).toMatchObject({ lifecycle: 'active', swap: null })
    await classifyFeature(old, 'num_logins', 'restricted')
    expect(await lookInto(later, [`${old}:num_logins`])).toEqual([
      { feature: `${old}:num_logins`, found: null },
    ])
    await removeFromBasket(later, `${old}:num_logins`)
    expect(await names(later)).toEqual([`${group}:f_0`])
  })
})
