import { and, eq, inArray } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { contractVersions, featureGroupVersions, features } from '@/db/schema'
import { search } from '@/lib/catalog'
import { searchQuery } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { systemContext } from '@/lib/identity'
import { testActor, testContext } from '@/lib/identity/testing'
import { followAsset, listNotifications } from '@/lib/notify'
import { listNotificationsQuery } from '@/lib/notify/operations'
import { addVersion, approveVersion, registerFeatureGroup, submitVersion } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import { certifyAsset, getCertification, revokeCertification } from '.'
import { tellOfLapses } from './lapses'
import type { CertifiableAsset } from './operations'

const team = mintName('team')
let owner: Context
let reviewer: Context
let viewer: Context

beforeAll(async () => {
  owner = testContext(await testActor({ role: 'producer', team, name: 'Ada' }))
  reviewer = testContext(await testActor({ role: 'reviewer', name: 'Rita' }))
  viewer = testContext(await testActor({ role: 'viewer', name: 'Vic' }))
})

type Registered = Awaited<ReturnType<typeof registerFeatureGroup>>

/** The next major version, approved by the reviewer. */
async function nextMajor({ name, features }: Registered, from: number, version: number) {
  await addVersion(owner, name, {
    features: features.slice(from, from + 1).map(({ name: feature, type }) => ({
      name: feature,
      type,
      description: 'Said.',
    })),
  })
  await submitVersion(owner, name, version, {})
  await approveVersion(reviewer, name, version, {})
}

const versionIdsOf = (groupId: string) =>
  db()
    .select({ id: featureGroupVersions.id })
    .from(featureGroupVersions)
    .where(eq(featureGroupVersions.groupId, groupId))

async function contractOn({ id }: Registered, major: number) {
  const at = new Date(Date.now() - 60_000).toISOString()
  await db().insert(contractVersions).values({
    id: newId(),
    groupId: id,
    major,
    number: 1,
    terms: {},
    texts: {},
    change: 'first',
    validFrom: at,
    proposedAt: at,
    proposedById: owner.actor.id,
    proposedByName: 'Ada',
    agreedAt: at,
  })
}

/** A group whose second version a reviewer approved, with a contract. */
async function goodGroup() {
  const group = await registerFeatureGroup(owner, groupBody({ owner_team: team, description: 'Said.' }))
  await nextMajor(group, 0, 2)
  await contractOn(group, 2)
  return { group, asset: { kind: 'group', name: group.name } satisfies CertifiableAsset }
}

const found = async (ctx: Context, name: string) =>
  (await search(ctx, searchQuery.parse({ q: name, certified: 'certified' }))).data.map((hit) => hit.name)

const reason = 'Three models stand on it.'

describe('a certification', () => {
  it('is given by a reviewer who did not write it, when all that is asked for is met', async () => {
    const bare = await registerFeatureGroup(owner, groupBody({ owner_team: team }))
    const asset: CertifiableAsset = { kind: 'group', name: bare.name }
    await expect(certifyAsset(owner, asset, { reason })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(certifyAsset(viewer, asset, { reason })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(certifyAsset(reviewer, asset, { reason })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('No contract is in force.'),
    })
    const before = await getCertification(viewer, asset)
    expect(before).toMatchObject({ state: 'none', latest: null, certify: { allowed: false } })
    expect(before.criteria.filter(({ met }) => !met).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['contracted', 'reviewed']),
    )
  })

  it('stands beside the title and in search, and is told to followers', async () => {
    const { group, asset } = await goodGroup()
    expect(await found(viewer, group.name)).toEqual([])
    expect(await certifyAsset(reviewer, asset, { reason })).toMatchObject({
      state: 'certified',
      version: 2,
      latest: { certified_by: 'Rita', reason },
    })
    expect(await found(viewer, group.name)).toEqual([group.name])
    const told = await listNotifications(owner, listNotificationsQuery.parse({ kind: 'certification' }))
    expect(told.data[0]).toMatchObject({ asset, actor: 'Rita', body: reason })
    const [feature] = group.features
    const one: CertifiableAsset = { kind: 'feature', name: `${group.name}:${feature?.name}` }
    expect(await certifyAsset(reviewer, one, { reason })).toMatchObject({ state: 'certified' })
    expect((await found(viewer, group.name)).length).toBe(2)
  })

  it('ends on its day, and when it is taken back, and both are seen', async () => {
    const { group, asset } = await goodGroup()
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    await certifyAsset(reviewer, asset, { reason, expires_at: soon })
    const later = { ...viewer, now: () => new Date(Date.now() + 7_200_000) }
    expect(await getCertification(later, asset)).toMatchObject({ state: 'lapsed' })
    expect(await found(later, group.name)).toEqual([])
    await expect(revokeCertification(owner, asset, { reason })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await revokeCertification(reviewer, asset, { reason: 'Unreliable.' })).toMatchObject({
      state: 'revoked',
      latest: { revoked_by: 'Rita', revoke_reason: 'Unreliable.' },
    })
    expect(await found(viewer, group.name)).toEqual([])
    await expect(revokeCertification(reviewer, asset, { reason })).rejects.toMatchObject({ code: 'conflict' })
    for (const expires_at of ['2001-01-01T00:00:00Z', '2999-01-01T00:00:00Z'])
      await expect(certifyAsset(reviewer, asset, { reason, expires_at })).rejects.toMatchObject({
        code: 'invalid',
      })
  })

  it('is told to owners and followers when it lapses, once, unless another took its place', async () => {
    const [one, other] = [await goodGroup(), await goodGroup()]
    const expires_at = new Date(Date.now() + 3_600_000).toISOString()
    await followAsset(viewer, one.asset)
    for (const { asset } of [one, other]) await certifyAsset(reviewer, asset, { reason, expires_at })
    await nextMajor(other.group, 1, 3)
    await contractOn(other.group, 3)
    await certifyAsset(reviewer, other.asset, { reason })
    const lapses = async (ctx: Context) =>
      (await listNotifications(ctx, listNotificationsQuery.parse({ kind: 'certification', limit: 100 }))).data
        .map(({ title }) => title)
        .filter((title) => title.includes('has lapsed'))
    await tellOfLapses(systemContext())
    expect(await lapses(owner)).toEqual([])
    const later = systemContext({ now: () => new Date(Date.now() + 7_200_000) })
    await tellOfLapses(later)
    expect(await tellOfLapses(later)).toBe(0)
    const told = [`The certification of \`${one.group.name}\` has lapsed`]
    expect(await lapses(owner)).toEqual(told)
    expect(await lapses(viewer)).toEqual(told)
  })

  it('is not the next major version’s', async () => {
    const { group, asset } = await goodGroup()
    await certifyAsset(reviewer, asset, { reason })
    await nextMajor(group, 1, 3)
    expect(await getCertification(viewer, asset)).toMatchObject({ state: 'other_version', version: 3 })
    expect(await found(viewer, group.name)).toEqual([])
  })

  it('is given by nobody with a hand in the version, and to one of two at once', async () => {
    const ben = testContext(await testActor({ roles: ['producer', 'reviewer'], team, name: 'Ben' }))
    const group = await registerFeatureGroup(owner, groupBody({ owner_team: team, description: 'Said.' }))
    const [first] = group.features
    const said = { name: first?.name, type: first?.type, description: 'Said.' }
    await addVersion(owner, group.name, { features: [said] })
    await submitVersion(ben, group.name, 2, {})
    await approveVersion(reviewer, group.name, 2, {})
    await contractOn(group, 2)
    const asset: CertifiableAsset = { kind: 'group', name: group.name }
    await expect(certifyAsset(ben, asset, { reason })).rejects.toMatchObject({ code: 'forbidden' })
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => certifyAsset(reviewer, asset, { reason })))
    const failed = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(failed.length).toBeLessThan(3)
    for (const error of failed) expect(error).toMatchObject({ code: 'conflict' })
  })

  it('tells nothing of a feature that its reader may not know of', async () => {
    const group = await registerFeatureGroup(owner, groupBody({ owner_team: team, description: 'Said.' }))
    const [secret, ...others] = group.features.map(({ name }) => name)
    const ofGroup = () => inArray(features.versionId, versionIdsOf(group.id))
    await db().update(features).set({ description: 'Said.' }).where(ofGroup())
    await db()
      .update(features)
      .set({ classification: 'restricted', description: '' })
      .where(and(ofGroup(), eq(features.name, secret ?? '')))
    expect(others.length).toBeGreaterThan(0)
    const { criteria } = await getCertification(viewer, { kind: 'group', name: group.name })
    expect(criteria.find(({ name }) => name === 'described')).toMatchObject({ met: true })
    expect(JSON.stringify(criteria)).not.toContain(secret)
    const seen = await getCertification(owner, { kind: 'group', name: group.name })
    expect(JSON.stringify(seen.criteria)).toContain(secret)
  })
})
