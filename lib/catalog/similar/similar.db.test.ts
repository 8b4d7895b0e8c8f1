import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { countStatements } from '@/db/testing/count-statements'
import type { Context } from '@/lib/core/context'
import { testActor, testContext } from '@/lib/identity/testing'
import { saveProfiles } from '@/lib/profiles'
import { registerFeatureGroup, resolveVersion } from '@/lib/registry'
import { classifyFeature, groupBody, mintName } from '@/lib/registry/testing'
import { reuseFeature, reusesOf, similarToFeature, similarToProposed, takeBackReuse } from '..'

const team = mintName('team')
let author: Context
let viewer: Context
beforeAll(async () => {
  author = testContext(await testActor({ role: 'producer', team, name: 'Ada' }))
  viewer = testContext(await testActor({ role: 'viewer', name: 'Vic' }))
})

/** A group about an entity of its own, so that no other test's features come first. */
async function registered(features: Record<string, unknown>[]) {
  const entity = mintName('walrus')
  const { name } = await registerFeatureGroup(
    author,
    groupBody({
      owner_team: team,
      entity: { name: entity, keys: [{ name: 'customer_id', type: 'int64' }] },
      features,
    }),
  )
  return { group: name, entity }
}

const logins = { name: 'num_logins', type: 'int64', description: 'Sign-ins of the walrus on the day.' }

const proposed = (entity: string, more: object = {}) => ({
  name: 'login_count',
  description: 'How many times the walrus logged in that day.',
  type: 'int32',
  entity,
  ...more,
})

describe('similarToProposed', () => {
  it('finds what means the same under another name, and says why', async () => {
    const { group, entity } = await registered([
      logins,
      { name: 'weight_kg', type: 'float64', description: 'Weight of the walrus.' },
    ])
    const { data } = await similarToProposed(author, proposed(entity))
    const [first] = data
    expect(first).toMatchObject({ feature: `${group}:num_logins`, same_meaning: true, entity, team })
    expect(first?.signals.map(({ signal }) => signal)).toEqual([
      'name',
      'meaning',
      'entity',
      'type',
      'transformation',
      'distribution',
    ])
    expect(first?.signals[1]?.says).toContain('login')
    expect(data.find(({ feature }) => feature === `${group}:weight_kg`)?.same_meaning ?? false).toBe(false)
  })

  it('moves with how the values lie', async () => {
    const { group, entity } = await registered([logins])
    const version = await resolveVersion(author, { group })
    const profile = {
      rows: 100,
      nulls: 0,
      deciles: [0, 0, 1, 1, 2, 3, 4, 5, 9],
      top: [{ value: '1', count: 30 }],
      trues: null,
    }
    await saveProfiles(db(), [
      {
        versionId: version.versionId,
        environment: 'prod',
        feature: 'num_logins',
        side: 'offline',
        windowStart: null,
        windowEnd: null,
        referenceId: null,
        asOf: new Date().toISOString(),
        rows: 100,
        statistics: { profile, format: 2 },
      },
    ])
    const scoreWith = async (quantiles: Record<string, number>, ctx = author) => {
      const statistics = { null_share: 0, quantiles }
      const { data } = await similarToProposed(ctx, proposed(entity, { statistics }))
      return data.find(({ feature }) => feature === `${group}:num_logins`)
    }
    const same = { '0.1': 0, '0.25': 0.5, '0.5': 2, '0.75': 4.5, '0.9': 9 }
    const alike = await scoreWith(same)
    const apart = await scoreWith({ '0.1': 900, '0.25': 950, '0.5': 990, '0.75': 1200, '0.9': 1900 })
    expect(alike?.signals[5]).toMatchObject({ likeness: 1, says: 'values lie alike' })
    expect(apart?.signals[5]).toMatchObject({ likeness: 0 })
    expect(alike?.score).toBeGreaterThan((apart?.score ?? 1) + 0.2)
    // Who may not read its statistics cannot guess them either.
    expect((await scoreWith(same, viewer))?.signals[5]).toMatchObject({ likeness: 1 })
    await classifyFeature(group, 'num_logins', 'confidential')
    expect((await scoreWith(same, viewer))?.signals[5]).toMatchObject({ likeness: null })
    expect((await scoreWith(same))?.signals[5]).toMatchObject({ likeness: 1 })
  })

  it('names nothing that the asker may not know of', async () => {
    const entity = mintName('walrus')
    const hidden = await registerFeatureGroup(
      author,
      groupBody({
        owner_team: team,
        classification: 'restricted',
        entity: { name: entity, keys: [{ name: 'customer_id', type: 'int64' }] },
        features: [logins],
      }),
    )
    const seenBy = async (ctx: Context) =>
      (await similarToProposed(ctx, proposed(entity))).data.map(({ feature }) => feature)
    expect(await seenBy(author)).toContain(`${hidden.name}:num_logins`)
    expect(await seenBy(viewer)).not.toContain(`${hidden.name}:num_logins`)
    const feature = `${hidden.name}:num_logins`
    await expect(similarToFeature(viewer, { feature, limit: 5 })).rejects.toMatchObject({ code: 'not_found' })
    await expect(reuseFeature(viewer, { feature, instead_of: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('refuses what is no feature', async () => {
    await expect(similarToProposed(author, { name: '' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(similarToProposed(author, { name: 'a', limit: 1000 })).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

describe('similarToFeature', () => {
  it('compares a registered feature with the others and not with itself', async () => {
    const { group, entity } = await registered([logins])
    const other = await registerFeatureGroup(
      author,
      groupBody({
        owner_team: team,
        entity,
        features: [
          { name: 'login_cnt', type: 'int64', description: 'Number of sign-ins of the walrus that day.' },
        ],
      }),
    )
    const { data } = await similarToFeature(author, { feature: `${group}:num_logins`, limit: 5 })
    expect(data[0]).toMatchObject({ feature: `${other.name}:login_cnt`, same_meaning: true })
    expect(data.map(({ feature }) => feature)).not.toContain(`${group}:num_logins`)
  })

  it('asks the same few statements however many groups have something alike', async () => {
    const { entity, group } = await registered([logins])
    const asked = () => similarToFeature(author, { feature: `${group}:num_logins`, limit: 20 })
    const alike = () =>
      registerFeatureGroup(
        author,
        groupBody({ owner_team: team, entity, features: [logins, { ...logins, name: 'logins_7d' }] }),
      )
    await alike()
    const ofOne = (await asked()).data.length
    const few = await countStatements(asked)
    for (let more = 0; more < 4; more++) await alike()
    expect((await asked()).data.length).toBeGreaterThan(ofOne)
    expect(await countStatements(asked)).toBe(few)
    expect(few).toBeGreaterThan(3)
  })

  it('names what is not there', async () => {
    await expect(similarToFeature(author, { feature: 'nowhere:nothing', limit: 5 })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(similarToFeature(author, { feature: 'nonsense', limit: 5 })).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

describe('reuseFeature', () => {
  it('counts what was taken instead of being written anew', async () => {
    const { group, entity } = await registered([logins])
    const feature = `${group}:num_logins`
    expect(await reuseFeature(viewer, { feature, instead_of: 'login_count' })).toMatchObject({
      feature,
      reuses: 1,
    })
    const second = await reuseFeature(author, { feature, instead_of: 'sign_ins' })
    expect(second).toMatchObject({ feature, reuses: 2 })
    const { data } = await similarToProposed(author, proposed(entity))
    expect(data.find((one) => one.feature === feature)?.reuses).toBe(2)
    await expect(takeBackReuse(viewer, second.id)).rejects.toMatchObject({ code: 'not_found' })
    await takeBackReuse(author, second.id)
    expect(await reusesOf([feature])).toEqual(new Map([[feature, 1]]))
    await expect(reuseFeature(author, { feature: `${group}:gone`, instead_of: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
