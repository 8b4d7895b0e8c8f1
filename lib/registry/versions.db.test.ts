import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { usageMinutes } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import * as registry from './index'
import { contextOf, groupBody, mintTeam, type TestTeam } from './testing'

let team: TestTeam
let producer: Context
let reviewer: Context
beforeAll(async () => {
  team = await mintTeam()
  producer = contextOf(['producer'], team)
  reviewer = contextOf(['reviewer'])
})

const register = async (overrides: Record<string, unknown> = {}) => {
  const body = groupBody(overrides)
  await registry.registerFeatureGroup(producer, body)
  return body
}
const more = { name: 'pages', type: 'int64', description: 'Pages seen on the day.' }
const described = (features: { name: string; type: string }[]) =>
  features.map((feature) => ({ description: 'What it says.', ...feature }))

describe('addVersion', () => {
  it('makes a compatible change the next revision, new features behind the old ones', async () => {
    const { name, features } = await register()
    const answer = await registry.addVersion(producer, name, { features: [more, ...features] })
    expect(answer).toMatchObject({ version: 1, revision: 2, state: 'active', change: 'compatible' })
    expect(answer.features.map((feature) => feature.name)).toEqual([
      'num_logins',
      'avg_session_duration',
      'pages',
    ])
    const serving = await registry.resolveVersion(producer, { group: name })
    expect(serving.features.map((feature) => feature.position)).toEqual([0, 1, 2])
  })

  it('makes a breaking change a new version that waits, while the old one is served', async () => {
    const { name, features } = await register()
    const answer = await registry.addVersion(producer, name, { features: features.slice(0, 1), ttl: 'P7D' })
    expect(answer).toMatchObject({
      version: 2,
      revision: 1,
      state: 'draft',
      change: 'breaking',
      review: 'required',
    })
    expect(answer.changes.map((change) => change.field)).toEqual(['ttl', 'features.avg_session_duration'])
    expect((await registry.resolveVersion(producer, { group: name })).major).toBe(1)
    const again = await registry.addVersion(producer, name, { features: features.slice(1) })
    expect(again).toMatchObject({ version: 2, state: 'draft' })
  })

  it('refuses a change that changes nothing', async () => {
    const { name, features } = await register()
    await expect(registry.addVersion(producer, name, { features })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('review', () => {
  it('goes draft, in review, active, promoted, with four eyes', async () => {
    const { name, features } = await register()
    await registry.addVersion(producer, name, { features: features.slice(0, 1) })
    await expect(registry.approveVersion(reviewer, name, 2, {})).rejects.toMatchObject({ code: 'conflict' })
    expect(await registry.submitVersion(producer, name, 2, {})).toMatchObject({
      state: 'in_review',
      review: 'waiting',
    })
    const author = contextOf(['reviewer', 'producer'], team, {
      actor: { ...reviewer.actor, id: producer.actor.id },
    })
    await expect(registry.approveVersion(author, name, 2, {})).rejects.toMatchObject({ code: 'forbidden' })
    expect(await registry.approveVersion(reviewer, name, 2, {})).toMatchObject({
      state: 'active',
      review: 'done',
    })
    expect((await registry.resolveVersion(producer, { group: name })).major).toBe(1)
    const promoted = await registry.promoteVersion(producer, name, 2, {})
    expect(promoted.environments).toMatchObject([{ name: 'prod', state: 'promoted' }])
    expect((await registry.resolveVersion(producer, { group: name })).major).toBe(2)
    expect(await registry.resolveVersion(producer, { group: name, version: 1 })).toMatchObject({
      promoted: false,
    })
  })

  it('is not given by whoever submitted, even when another wrote the draft', async () => {
    const { name, features } = await register()
    await registry.addVersion(producer, name, { features: features.slice(0, 1) })
    const submitter = contextOf(['administrator'], team)
    await registry.submitVersion(submitter, name, 2, {})
    await expect(registry.approveVersion(submitter, name, 2, {})).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('sends back with a reason, and serves a confidential group once it is approved', async () => {
    const { name } = await register({ classification: 'confidential' })
    await expect(registry.resolveVersion(producer, { group: name })).rejects.toMatchObject({
      code: 'not_found',
    })
    await registry.submitVersion(producer, name, 1, {})
    await expect(registry.requestChanges(reviewer, name, 1, {})).rejects.toMatchObject({ code: 'invalid' })
    expect(await registry.requestChanges(reviewer, name, 1, { reason: 'Say more.' })).toMatchObject({
      state: 'draft',
    })
    await registry.submitVersion(producer, name, 1, {})
    await registry.approveVersion(reviewer, name, 1, {})
    expect(await registry.resolveVersion(producer, { group: name })).toMatchObject({
      promoted: true,
      state: 'active',
    })
  })

  it('turns an approved compatible change of a confidential group into a revision', async () => {
    const { name, features } = await register({ classification: 'confidential' })
    await registry.submitVersion(producer, name, 1, {})
    await registry.approveVersion(reviewer, name, 1, {})
    const added = await registry.addVersion(producer, name, { features: [...features, more] })
    expect(added).toMatchObject({ version: 2, state: 'draft', change: 'compatible' })
    await registry.submitVersion(producer, name, 2, {})
    expect(await registry.approveVersion(reviewer, name, 2, {})).toMatchObject({ version: 1, revision: 2 })
    expect((await registry.listVersions(producer, name)).data.map((one) => one.version)).toEqual([1])
  })

  it('asks for descriptions before it begins', async () => {
    const body = await register({ classification: 'confidential', features: [{ name: 'a', type: 'int64' }] })
    await expect(registry.submitVersion(producer, body.name, 1, {})).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer: '/features/0/description' }] },
    })
  })
})

describe('deprecation', () => {
  const inAYear = () => new Date(Date.now() + 31_536_000_000).toISOString()

  it('tells readers by headers until the sunset date, and refuses them from then on', async () => {
    const { name } = await register()
    const successor = await register()
    const sunset = inAYear()
    const answer = await registry.deprecateVersion(producer, name, 1, {
      reason: 'Replaced.',
      replacement: successor.name,
      sunset_at: sunset,
    })
    expect(answer).toMatchObject({
      state: 'deprecated',
      deprecation: { reason: 'Replaced.', replacement: successor.name },
    })
    const version = await registry.resolveVersion(producer, { group: name })
    const headers = registry.deprecationHeaders(producer, version)
    expect(headers.deprecation).toMatch(/^@\d{10}$/)
    expect(headers.sunset).toBe(new Date(sunset).toUTCString())
    expect(headers.link).toBe(`</api/v1/feature-groups/${successor.name}>; rel="successor-version"`)
    expect(() => registry.assertReadable(producer, version, new Date())).not.toThrow()
    expect(() => registry.assertReadable(producer, version, new Date(sunset))).toThrow(/Read .* instead/)
    const restored = await registry.restoreVersion(producer, name, 1, { reason: 'Too early.' })
    expect(restored).toMatchObject({ state: 'active', deprecation: null })
    expect(
      registry.deprecationHeaders(producer, await registry.resolveVersion(producer, { group: name })),
    ).toEqual({})
  })

  it.each<[string, object, string]>([
    ['no reason', {}, '/reason'],
    ['a date in the past', { reason: 'x', sunset_at: '2020-01-01T00:00:00Z' }, '/sunset_at'],
    ['a date that is none', { reason: 'x', sunset_at: 'tomorrow' }, '/sunset_at'],
    ['an unknown replacement', { reason: 'x', replacement: 'not_there' }, '/replacement'],
    ['a replacement that is no name', { reason: 'x', replacement: 'a:b' }, '/replacement'],
    ['an unknown member', { reason: 'x', why: 'y' }, '/why'],
  ])('refuses %s', async (_, body, pointer) => {
    const { name } = await register()
    await expect(registry.deprecateVersion(producer, name, 1, body)).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer }] },
    })
  })

  it('refuses itself as its replacement, and what is deprecated already', async () => {
    const { name } = await register()
    const itself = registry.deprecateVersion(producer, name, 1, { reason: 'x', replacement: `${name}@1` })
    await expect(itself).rejects.toMatchObject({ code: 'invalid' })
    await registry.deprecateVersion(producer, name, 1, { reason: 'x' })
    await expect(registry.deprecateVersion(producer, name, 1, { reason: 'x' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('says beforehand what readers of a replacement have to change, and refuses what they cannot read', async () => {
    const { name } = await register()
    const asked = async (replacement: string) =>
      (await registry.impactOf(producer, name, { change: 'deprecate', replacement })).replacement
    const like = await register()
    expect((await asked(like.name))?.warnings).toEqual([expect.stringMatching(/^It describes /)])
    const label = { name: 'churned', type: 'bool', description: 'Gone.', role: 'label', horizon: 'P30D' }
    const labels = await register({ features: [label] })
    expect(await asked(labels.name)).toMatchObject({
      reference: labels.name,
      refused: expect.stringContaining('labels alone'),
    })
    await expect(
      registry.deprecateVersion(producer, name, 1, { reason: 'x', replacement: labels.name }),
    ).rejects.toMatchObject({ details: { errors: [{ pointer: '/replacement' }] } })
    expect(await asked('not_there')).toMatchObject({ refused: 'There is no feature group `not_there`.' })
    const { replacement } = await registry.impactOf(producer, name, { change: 'deprecate' })
    expect(replacement).toBeNull()
  })

  it('is refused to a viewer', async () => {
    const { name } = await register()
    const viewer = contextOf(['viewer'])
    await expect(registry.deprecateVersion(viewer, name, 1, { reason: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('changing and deleting', () => {
  it('holds a change to the ETag that was read', async () => {
    const { name } = await register()
    const { etag } = await registry.getFeatureGroup(producer, name)
    const change = { description: 'Better.' }
    await expect(registry.updateFeatureGroup(producer, name, change, null)).rejects.toMatchObject({
      code: 'precondition_required',
    })
    const changed = await registry.updateFeatureGroup(producer, name, change, etag)
    expect(changed.description).toBe('Better.')
    await expect(registry.updateFeatureGroup(producer, name, change, etag)).rejects.toMatchObject({
      code: 'precondition_failed',
    })
  })

  it('does not let an author take the class off what is confidential', async () => {
    const { name } = await register({ classification: 'confidential' })
    const lower = registry.updateFeatureGroup(producer, name, { classification: 'public' }, '*')
    await expect(lower).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('deletes a draft without rows and keeps everything else', async () => {
    const draft = await register({ classification: 'confidential' })
    await registry.deleteFeatureGroup(producer, draft.name, '*')
    await expect(registry.getFeatureGroup(producer, draft.name)).rejects.toMatchObject({ code: 'not_found' })
    const active = await register()
    await expect(registry.deleteFeatureGroup(producer, active.name, '*')).rejects.toMatchObject({
      code: 'conflict',
      details: { extensions: { users: ['version 1: active'] } },
    })
  })
})

describe('impact', () => {
  it('names who read the version in the last 30 days', async () => {
    const { name } = await register()
    const at = (days: number) =>
      new Date(Math.floor(Date.now() / 60_000) * 60_000 - days * 86_400_000).toISOString()
    const read = (feature: string, days: number, reads: number) => ({
      minute: at(days),
      consumerKind: 'key',
      consumerId: 'k1',
      groupName: name,
      version: 1,
      feature,
      environment: 'prod',
      side: 'online' as const,
      reads,
      cells: reads,
    })
    await db()
      .insert(usageMinutes)
      .values([read('num_logins', 1, 5), read('avg_session_duration', 1, 3), read('num_logins', 40, 100)])
    const impact = await registry.impactOf(producer, name, { change: 'deprecate' })
    expect(impact).toMatchObject({
      consumers: [{ kind: 'key', name: 'k1', reads: 5 }],
      owner_teams: [team.name],
    })
  })
})

it('diffs two versions', async () => {
  const { name, features } = await register()
  await registry.addVersion(producer, name, { features: described([...features.slice(0, 1), more]) })
  const diff = await registry.diffVersions(producer, name, 1, 2)
  expect(diff).toMatchObject({ from: 1, to: 2, compatible: false, impact: { version: 1 } })
  expect(diff.changes.map((change) => [change.field, change.class])).toContainEqual([
    'features.pages',
    'info',
  ])
})
