import { beforeAll, describe, expect, it } from 'vitest'
import { addComment } from '@/lib/comments'
import type { Context } from '@/lib/core/context'
import { authenticateKey, createApiKey, revokeApiKey } from '@/lib/identity'
import { testActor, testContext } from '@/lib/identity/testing'
import { deprecateVersion, registerFeatureGroup, restoreVersion } from '@/lib/registry'
import { classifyFeature, groupBody } from '@/lib/registry/testing'
import { countReads, flushUsage } from '@/lib/usage'
import { getFirstSteps } from './first-steps'
import { listPopularGroups } from './popular-groups'
import { listRecentChanges } from './recent-changes'

let owner: Context
let viewer: Context

const register = (name: string, more: object = {}) =>
  registerFeatureGroup(owner, groupBody({ name, description: `About ${name}.`, ...more }))

const read = (actor: Context['actor'], groupName: string, times: number, environment = 'prod') => {
  const target = { groupName, version: 1, environment }
  const targets = ['one', 'two'].map((feature) => ({ ...target, feature }))
  for (let at = 0; at < times; at++) countReads(actor, 'online', targets, 2, Date.now())
}

beforeAll(async () => {
  owner = testContext(await testActor({ role: 'producer', team: 'home_team' }))
  viewer = testContext(await testActor({ role: 'viewer' }))
  await register('home_open')
  await register('home_busy')
  await register('home_hidden', { classification: 'restricted' })
  await deprecateVersion(owner, 'home_open', 1, { reason: 'Home is elsewhere.' })
  await restoreVersion(owner, 'home_open', 1, { reason: 'It was not.' })
})

describe('listRecentChanges', () => {
  const about = async (ctx: Context, name: string) =>
    (await listRecentChanges(ctx, { limit: 200 })).filter(({ asset }) => asset.name === name)

  it('tells what was done, newest first, with what became of a version', async () => {
    expect(
      (await about(viewer, 'home_open')).map(({ action, version, state }) => [action, version, state]),
    ).toEqual([
      ['version:deprecate', 1, 'active'],
      ['version:deprecate', 1, 'deprecated'],
      ['group:create', null, 'active'],
    ])
    const [first] = await about(viewer, 'home_open')
    expect(first).toMatchObject({ actor: owner.actor.name, onBehalfOf: null })
  })

  it('leaves out what is only said about an asset', async () => {
    await addComment(viewer, { asset: { kind: 'group', name: 'home_busy' }, body: 'Is this summer time?' })
    expect((await about(viewer, 'home_busy')).map(({ action }) => action)).toEqual(['group:create'])
  })

  it('keeps what the reader may not know of to those who may', async () => {
    expect(JSON.stringify(await listRecentChanges(viewer, { limit: 200 }))).not.toContain('home_hidden')
    expect(await about(owner, 'home_hidden')).not.toEqual([])
  })

  it('is cut at its limit, and refused to those without any role', async () => {
    expect(await listRecentChanges(viewer, { limit: 2 })).toHaveLength(2)
    const nobody = testContext(await testActor())
    await expect(listRecentChanges(nobody, { limit: 2 })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('listPopularGroups', () => {
  it('ranks by readers, counts a read of several features once, and hides what is hidden', async () => {
    read(owner.actor, 'home_open', 9)
    read(owner.actor, 'home_busy', 2)
    read(viewer.actor, 'home_busy', 1)
    read(owner.actor, 'home_hidden', 50)
    read(viewer.actor, 'home_open', 3, 'dev')
    await flushUsage()
    const found = (await listPopularGroups(viewer, { limit: 50 })).filter(({ name }) =>
      name.startsWith('home_'),
    )
    expect(found.map(({ name, readers, reads }) => [name, readers, reads])).toEqual([
      ['home_busy', 2, 3],
      ['home_open', 1, 9],
    ])
    expect((await listPopularGroups(owner, { limit: 50 })).map(({ name }) => name)).toContain('home_hidden')
  })

  it('counts nothing of a feature that the reader may not know of', async () => {
    const { name } = await register('home_mixed')
    const target = { groupName: name, version: 1, environment: 'popular_env' }
    const [open, hidden] = ['avg_session_duration', 'num_logins'].map((feature) => [{ ...target, feature }])
    for (let at = 0; at < 5; at++) countReads(owner.actor, 'online', hidden ?? [], 1, Date.now())
    countReads(viewer.actor, 'online', open ?? [], 1, Date.now())
    await flushUsage()
    await classifyFeature(name, 'num_logins', 'restricted')
    const told = async (ctx: Context) => {
      const found = await listPopularGroups({ ...ctx, environment: 'popular_env' }, { limit: 5 })
      return found.map((one) => [one.name, one.readers, one.reads])
    }
    expect(await told(owner)).toEqual([[name, 2, 6]])
    expect(await told(viewer)).toEqual([[name, 1, 1]])
  })
})

describe('getFirstSteps', () => {
  it('ticks what is really there, and a key that was revoked since', async () => {
    const person = testContext(await testActor({ roles: ['producer', 'consumer'], team: 'steps_team' }))
    expect(await getFirstSteps(person)).toEqual({ register: false, key: false, read: false })
    await registerFeatureGroup(person, groupBody({ name: 'steps_group', description: 'Mine.' }))
    const key = await createApiKey(person, { name: 'first' })
    expect(await getFirstSteps(person)).toEqual({ register: true, key: true, read: false })
    const actor = await authenticateKey(key.secret)
    if (!actor) throw new Error('The key was refused.')
    read(actor, 'steps_group', 1)
    await flushUsage()
    await revokeApiKey(person, { id: key.id, ifMatch: '*' })
    expect(await getFirstSteps(person)).toEqual({ register: true, key: true, read: true })
  })

  it('leaves out what the reader’s rights do not reach', async () => {
    expect(await getFirstSteps(viewer)).toEqual({ key: false })
  })
})
