import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '@/lib/core/context'
import {
  applySuggestion,
  approveChangeSet,
  countReviews,
  decideReviews,
  getChangeSet,
  listChangeSets,
  listReviews,
  openThread,
  rejectChangeSet,
  requestChangesOfSet,
  submitTogether,
  withdrawChangeSet,
} from '@/lib/governance'
import { listChangeSetsQuery, listReviewsQuery } from '@/lib/governance/operations'
import { testActor, testContext } from '@/lib/identity/testing'
import { followAsset, listNotifications } from '@/lib/notify'
import { listNotificationsQuery } from '@/lib/notify/operations'
import {
  addVersion,
  approveVersion,
  diffVersions,
  getVersion,
  registerFeatureGroup,
  submitVersion,
} from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'

const team = mintName('team')
let author: Context
let colleague: Context
let reviewer: Context
let second: Context
let viewer: Context
beforeAll(async () => {
  author = testContext(await testActor({ roles: ['producer', 'reviewer'], team, name: 'Ada' }))
  colleague = testContext(await testActor({ roles: ['producer', 'reviewer'], team, name: 'Ben' }))
  reviewer = testContext(await testActor({ role: 'reviewer', name: 'Rita' }))
  second = testContext(await testActor({ role: 'reviewer', name: 'Rolf' }))
  viewer = testContext(await testActor({ role: 'viewer', name: 'Vic' }))
})

/** Version 2 of a group, as a draft. */
async function draft(by: Context, overrides: Record<string, unknown> = {}) {
  const body = groupBody({ owner_team: team, ...overrides })
  const { name } = await registerFeatureGroup(by, body)
  if (overrides.classification !== undefined) return { group: name, version: 1 }
  await addVersion(by, name, { features: body.features.slice(0, 1) })
  return { group: name, version: 2 }
}

async function setOf(...drafts: Promise<{ group: string; version: number }>[]) {
  const items = await Promise.all(drafts)
  const set = await submitTogether(author, { title: 'One unit', reason: 'Seconds.', items })
  return { set, items }
}

const stateOf = async ({ group, version }: { group: string; version: number }) =>
  (await getVersion(author, group, version)).state

describe('a change set', () => {
  it('of the same versions in another order waits for the first, and is refused', async () => {
    for (let round = 0; round < 4; round++) {
      const items = await Promise.all([draft(author), draft(author), draft(author)])
      const ended = await Promise.allSettled(
        [items, [...items].reverse()].map((some) =>
          submitTogether(author, { title: 'One unit', items: some }),
        ),
      )
      expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const one of ended)
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'conflict' })
    }
  })

  it('is one line, one page and one decision', async () => {
    const { set, items } = await setOf(draft(author), draft(author), draft(author))
    expect(set).toMatchObject({ state: 'in_review', item_count: 3, risk: 'medium', approvals_needed: 1 })
    const { data } = await listReviews(reviewer, listReviewsQuery.parse({ limit: 200 }))
    const lines = data.filter((one) => items.some(({ group }) => group === one.group))
    expect(lines).toMatchObject([{ change_set: { id: set.id }, items: 3, waits_for_me: true }])
    const mine = data.filter((one) => one.step === 'approve' && one.waits_for_me)
    expect(await countReviews(reviewer)).toBe(mine.length)
    expect(await countReviews(viewer)).toBe(0)
    expect(await approveChangeSet(reviewer, set.id, {})).toMatchObject({
      state: 'approved',
      decided: { by: 'Rita' },
    })
    for (const item of items) expect(await stateOf(item)).toBe('active')
    await expect(approveChangeSet(second, set.id, {})).rejects.toMatchObject({ code: 'conflict' })
  })

  it('says of each version what it changes, and is told once to who follows several', async () => {
    const { set, items } = await setOf(draft(author), draft(author), draft(author))
    const { items: seen } = await getChangeSet(reviewer, set.id)
    expect(seen).toHaveLength(3)
    for (const item of items) {
      const diff = await diffVersions(reviewer, item.group, 1, 2)
      expect(diff.changes).not.toHaveLength(0)
      expect(seen).toContainEqual(
        expect.objectContaining({
          group: item.group,
          compatible: diff.compatible,
          changes: diff.changes.length,
          compared_with: 1,
        }),
      )
      await followAsset(viewer, { kind: 'group', name: item.group })
    }
    await approveChangeSet(reviewer, set.id, {})
    const { data } = await listNotifications(viewer, listNotificationsQuery.parse({}))
    const told = data.filter(({ href }) => href === `/governance/change-sets/${set.id}`)
    expect(told).toMatchObject([{ title: expect.stringContaining('with others of a change set') }])
    expect(data.filter(({ kind, href }) => kind === 'change' && href.startsWith('/groups/'))).toEqual([])
  })

  it('is submitted as a whole or not at all', async () => {
    const good = await draft(author)
    const { group } = await registerFeatureGroup(author, groupBody({ owner_team: team })).then((one) => ({
      group: one.name,
    }))
    const items = [good, { group, version: 1 }]
    await expect(submitTogether(author, { title: 'Half', items })).rejects.toMatchObject({
      code: 'conflict',
      details: { extensions: { item: { group, version: 1 } } },
    })
    expect(await stateOf(good)).toBe('draft')
  })

  it('is decided as a whole: a version of the reviewer’s own refuses all of it', async () => {
    const { set, items } = await setOf(draft(author), draft(colleague))
    for (const own of [author, colleague])
      await expect(approveChangeSet(own, set.id, {})).rejects.toMatchObject({ code: 'forbidden' })
    for (const item of items) expect(await stateOf(item)).toBe('in_review')
    expect((await getChangeSet(colleague, set.id)).acts).toMatchObject([
      { act: 'approve', allowed: false },
      { act: 'request_changes', allowed: false },
      { act: 'reject', allowed: false },
      { act: 'withdraw', allowed: true },
    ])
  })

  it('is not decided by a reviewer of a team who may not know of all of it', async () => {
    const all = testContext(await testActor({ role: 'administrator', name: 'Root' }))
    const otherTeam = mintName('team')
    await testActor({ role: 'producer', team: otherTeam, name: 'Tia' })
    const items = [
      await draft(author),
      await draft(all, { owner_team: otherTeam, classification: 'restricted' }),
    ]
    const set = await submitTogether(all, { title: 'Two teams', items })
    const member = await testActor({ role: 'viewer', team, name: 'Tom' })
    const teamId = member.teams[0]?.teamId ?? ''
    const ofTeam = testContext({
      ...member,
      roles: [...member.roles, { role: 'reviewer', teamId, environment: null }],
    })
    for (const decide of [approveChangeSet, requestChangesOfSet, rejectChangeSet])
      await expect(decide(ofTeam, set.id, { reason: 'Seen.' })).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('everything in this change set'),
      })
    for (const { group, version } of items)
      expect((await getVersion(all, group, version)).state).toBe('in_review')
  })

  it('lets none of its versions be decided alone', async () => {
    const { set, items } = await setOf(draft(author), draft(author))
    const [first] = items
    const alone = approveVersion(reviewer, first?.group ?? '', 2, {})
    await expect(alone).rejects.toMatchObject({
      code: 'conflict',
      details: { extensions: { change_set: set.id } },
    })
  })

  it('is sent back, withdrawn and rejected as a whole', async () => {
    const { set, items } = await setOf(draft(author), draft(author))
    const sent = await requestChangesOfSet(reviewer, set.id, { reason: 'Which unit?' })
    expect(sent).toMatchObject({ state: 'changes_requested', item_count: 2 })
    for (const item of items) expect(await stateOf(item)).toBe('draft')
    const again = await submitTogether(author, { title: 'Again', items })
    expect(await withdrawChangeSet(author, again.id, { reason: 'Wait.' })).toMatchObject({
      state: 'withdrawn',
    })
    const last = await submitTogether(author, { title: 'Last', items })
    expect(await rejectChangeSet(reviewer, last.id, { reason: 'No.' })).toMatchObject({ state: 'rejected' })
    for (const item of items) expect(await stateOf(item)).toBe('archived')
  })

  it('tells who decides on what moved on, and takes approvals back when a part is edited', async () => {
    const { set, items } = await setOf(draft(author), draft(author))
    const [first] = items
    const field = 'features.num_logins.description'
    const thread = await openThread(reviewer, first?.group ?? '', 2, {
      field,
      text: 'So?',
      suggestion: { value: 'Logins.' },
    })
    const comment = thread.comments[0]?.id ?? ''
    await applySuggestion(author, { group: first?.group ?? '', major: 2, thread: thread.id, comment })
    await expect(approveChangeSet(second, set.id, {}, set.etag)).rejects.toMatchObject({
      code: 'precondition_failed',
    })
    await expect(approveChangeSet(reviewer, set.id, {})).rejects.toMatchObject({ code: 'forbidden' })
    const { etag } = await getChangeSet(second, set.id)
    expect(await approveChangeSet(second, set.id, {}, etag)).toMatchObject({ state: 'approved' })
  })

  it('shows of itself what its reader may know of', async () => {
    const { set, items } = await setOf(draft(author), draft(author, { classification: 'restricted' }))
    const hidden = items[1]?.group ?? ''
    const seen = await getChangeSet(viewer, set.id)
    expect(seen).toMatchObject({ item_count: 1 })
    expect(JSON.stringify(seen)).not.toContain(hidden)
    const { data } = await listChangeSets(viewer, listChangeSetsQuery.parse({}))
    expect(data.find(({ id }) => id === set.id)).toMatchObject({ item_count: 1 })
    const restricted = await setOf(draft(author, { classification: 'restricted' }))
    await expect(getChangeSet(viewer, restricted.set.id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a batch', () => {
  it('answers for each: one that is refused stops no other', async () => {
    const [one, two, own] = [await draft(author), await draft(author), await draft(colleague)]
    for (const { group } of [one, two]) await submitVersion(author, group, 2, {})
    await submitVersion(colleague, own.group, 2, {})
    const { set } = await setOf(draft(author))
    const { data } = await decideReviews(colleague, {
      decision: 'approve',
      reason: 'Read.',
      items: [one, own, { change_set: set.id }, { ...two, etag: '"0"' }],
    })
    expect(data).toMatchObject([
      { group: one.group, done: true, state: 'active' },
      { group: own.group, done: false, problem: { code: 'forbidden' } },
      { change_set: set.id, done: true, state: 'approved' },
      { group: two.group, done: false, problem: { code: 'precondition_failed' } },
    ])
    expect(await stateOf(own)).toBe('in_review')
    await expect(
      decideReviews(reviewer, { decision: 'request_changes', items: [two] }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })
})
