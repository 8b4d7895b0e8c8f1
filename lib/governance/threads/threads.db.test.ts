import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { notifications } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { LosslessNumber } from '@/lib/core/json'
import {
  addComment,
  applySuggestion,
  declineSuggestion,
  editComment,
  getReview,
  listThreads,
  openThread,
  settleThread,
} from '@/lib/governance'
import { testActor, testContext } from '@/lib/identity/testing'
import {
  addVersion,
  approveVersion,
  getFeatureGroup,
  getVersion,
  registerFeatureGroup,
  rejectVersion,
  submitVersion,
  updateFeatureGroup,
} from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'

const team = mintName('team')
let author: Context
let reviewer: Context
let second: Context
let viewer: Context
let viewerOfAll: Context
beforeAll(async () => {
  author = testContext(await testActor({ role: 'producer', team, name: `Ada ${mintName('n')}` }))
  reviewer = testContext(await testActor({ role: 'reviewer', name: `Rita ${mintName('n')}` }))
  second = testContext(await testActor({ role: 'reviewer', name: `Rolf ${mintName('n')}` }))
  viewerOfAll = testContext(await testActor({ role: 'reviewer', name: `Rob ${mintName('n')}` }))
  viewer = testContext(await testActor({ role: 'viewer', name: `Vic ${mintName('n')}` }))
})

/** Version 2 of an internal group, in review: one of its features is gone. */
async function inReview() {
  const body = groupBody({ owner_team: team })
  const { name } = await registerFeatureGroup(author, body)
  await addVersion(author, name, { features: body.features.slice(0, 1) })
  await submitVersion(author, name, 2, {})
  return name
}

const noticesOf = (ctx: Context) =>
  db().select().from(notifications).where(eq(notifications.personId, ctx.actor.id))

const field = 'features.num_logins.description'
const suggest = async (ctx: Context, group: string, value: unknown, at = field) => {
  const thread = await openThread(ctx, group, 2, { field: at, text: 'Like this?', suggestion: { value } })
  return { group, major: 2, thread: thread.id, comment: thread.comments[0]?.id ?? '' }
}

describe('threads', () => {
  it('are said, answered, changed and settled at a line, and tell who is named', async () => {
    const group = await inReview()
    const thread = await openThread(reviewer, group, 2, {
      field,
      text: `Does a refresh count, @${author.actor.name}? <b>`,
    })
    expect((await noticesOf(author)).map(({ kind }) => kind)).toContain('mention')
    await addComment(viewer, { group, major: 2, thread: thread.id }, { text: 'It did last year.' })
    expect((await noticesOf(reviewer)).map(({ kind }) => kind)).toContain('comment')
    const [first] = thread.comments
    const at = { group, major: 2, thread: thread.id, comment: first?.id ?? '' }
    await expect(editComment(author, at, { text: 'x' }, '*')).rejects.toMatchObject({ code: 'forbidden' })
    await editComment(reviewer, at, { text: 'Does a reload count?' }, first?.etag ?? null)
    await expect(editComment(reviewer, at, { text: 'y' }, first?.etag ?? null)).rejects.toMatchObject({
      code: 'precondition_failed',
    })
    await expect(settleThread(viewer, at, true)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await settleThread(author, at, true)).toMatchObject({ resolved: { by: author.actor.name } })
    const { data } = await listThreads(viewer, group, 2)
    expect(data).toMatchObject([
      {
        field,
        comments: [
          { text: 'Does a reload count?', mine: false },
          { text: 'It did last year.', mine: true },
        ],
      },
    ])
  })

  it('stand at a feature that goes, also when a version between was rejected', async () => {
    const body = groupBody({ owner_team: team })
    const { name: group } = await registerFeatureGroup(author, body)
    await addVersion(author, group, { features: body.features.slice(0, 1) })
    await submitVersion(author, group, 2, {})
    await rejectVersion(reviewer, group, 2, { reason: 'Not so.' })
    const other = { name: 'other', type: 'int64', description: 'Another.' }
    await addVersion(author, group, { features: [other] })
    const field = `features.${body.features.at(-1)?.name}`
    await openThread(viewer, group, 3, { field, text: 'Who reads it?' })
    expect((await listThreads(viewer, group, 3)).data).toMatchObject([{ field }])
  })

  it('are none at a version that was never a draft', async () => {
    const { name } = await registerFeatureGroup(author, groupBody({ owner_team: team }))
    expect((await listThreads(viewer, name, 1)).data).toEqual([])
    await expect(openThread(viewer, name, 1, { text: 'So?' })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('name no line of a feature that their reader may not know of', async () => {
    const body = groupBody({ owner_team: team })
    const { name: group } = await registerFeatureGroup(author, body)
    const secret = { name: 'ssn', type: 'string', description: 'Secret.', classification: 'restricted' }
    await addVersion(author, group, { features: [...body.features, secret] })
    const at = 'features.ssn.description'
    await openThread(author, group, 2, { field: at, text: `canary for @${viewer.actor.name}` })
    expect((await listThreads(viewer, group, 2)).data).toEqual([])
    expect((await listThreads(author, group, 2)).data).toHaveLength(1)
    await expect(openThread(viewer, group, 2, { field: at, text: 'What?' })).rejects.toMatchObject({
      code: 'invalid',
    })
    expect(JSON.stringify(await noticesOf(viewer))).not.toContain('canary')
  })
})

describe('suggestions', () => {
  it('are applied with one act, take back approvals, and make their maker an author', async () => {
    const group = await inReview()
    const at = await suggest(reviewer, group, 'Logins on the day, reloads not counted.')
    await expect(applySuggestion(viewer, at)).rejects.toMatchObject({ code: 'forbidden' })
    const seen = (await getReview(second, group, 2)).etag
    expect(await applySuggestion(author, at)).toMatchObject({
      resolved: { by: author.actor.name },
      comments: [{ suggestion: { state: 'applied' } }],
    })
    expect((await getVersion(author, group, 2)).features).toMatchObject([
      { name: 'num_logins', description: 'Logins on the day, reloads not counted.' },
    ])
    await expect(applySuggestion(author, at)).rejects.toMatchObject({ code: 'conflict' })
    await expect(approveVersion(reviewer, group, 2, {})).rejects.toMatchObject({ code: 'forbidden' })
    const approving = async (ctx: Context) =>
      (await getReview(ctx, group, 2)).acts.find(({ act }) => act === 'approve')
    expect((await approving(author))?.rule).toBe('No one approves their own submission.')
    expect((await approving(reviewer))?.rule).toMatch(/^You had a hand in it\. No one approves/)
    await expect(approveVersion(second, group, 2, {}, { ifMatch: seen })).rejects.toMatchObject({
      code: 'precondition_failed',
    })
    expect(await approveVersion(second, group, 2, {})).toMatchObject({ state: 'active' })
  })

  it('of the text of a group take force at once and take back an approval, as a text that is written does', async () => {
    const body = groupBody({ owner_team: team, classification: 'restricted' })
    const { name: group } = await registerFeatureGroup(author, body)
    await submitVersion(author, group, 1, {})
    await approveVersion(reviewer, group, 1, {})
    await addVersion(author, group, { features: body.features.slice(0, 1) })
    await submitVersion(author, group, 2, {})
    await approveVersion(second, group, 2, {})
    const thread = await openThread(reviewer, group, 2, {
      field: 'description',
      text: 'Like this?',
      suggestion: { value: 'How often.' },
    })
    const comment = thread.comments[0]?.id ?? ''
    await applySuggestion(author, { group, major: 2, thread: thread.id, comment })
    expect((await getFeatureGroup(author, group)).description).toBe('How often.')
    expect((await getReview(viewerOfAll, group, 2)).approvals).toEqual([])
    await approveVersion(second, group, 2, {})
    const { etag } = await getFeatureGroup(author, group)
    await updateFeatureGroup(author, group, { description: 'How often, by day.' }, etag)
    expect((await getReview(viewerOfAll, group, 2)).approvals).toEqual([])
    expect(await approveVersion(second, group, 2, {})).toMatchObject({ state: 'in_review' })
    expect(await approveVersion(viewerOfAll, group, 2, {})).toMatchObject({ state: 'active' })
  })

  it('take back an approval that was given before', async () => {
    const body = groupBody({ owner_team: team, classification: 'restricted' })
    const { name: group } = await registerFeatureGroup(author, body)
    await submitVersion(author, group, 1, {})
    await approveVersion(reviewer, group, 1, {})
    await addVersion(author, group, { features: body.features.slice(0, 1) })
    await submitVersion(author, group, 2, {})
    // Breaking and restricted: two people approve.
    await approveVersion(second, group, 2, {})
    expect((await getReview(viewerOfAll, group, 2)).approvals).toEqual([second.actor.name])
    await applySuggestion(author, await suggest(viewerOfAll, group, 'Logins.'))
    expect((await getReview(viewerOfAll, group, 2)).approvals).toEqual([])
    expect(await approveVersion(second, group, 2, {})).toMatchObject({ state: 'in_review' })
    expect(await approveVersion(reviewer, group, 2, {})).toMatchObject({ state: 'active' })
  })

  it('leave a reviewer free whose suggestion was declined', async () => {
    const group = await inReview()
    const at = await suggest(reviewer, group, 'Other words.')
    await declineSuggestion(author, at, { reason: 'The words are the glossary’s.' })
    expect(await approveVersion(reviewer, group, 2, {})).toMatchObject({ state: 'active' })
  })

  it('change types, contracts, tags and names by the rules of any definition', async () => {
    const group = await inReview()
    for (const [path, value] of [
      ['features.num_logins.type', 'int32'],
      ['features.num_logins.contract.max', 1000],
      ['features.num_logins.tags', ['churn']],
      ['ttl', 'P30D'],
      ['features.num_logins.name', 'logins'],
    ] as const)
      await applySuggestion(author, await suggest(reviewer, group, value, path))
    expect(await getVersion(author, group, 2)).toMatchObject({
      ttl: 'P30D',
      features: [{ name: 'logins', type: 'int32', contract: { min: 0, max: 1000 }, tags: ['churn'] }],
    })
    const { data } = await listThreads(reviewer, group, 2)
    expect(data.map((one) => one.field)).toContain('features.logins.contract.max')
    const wrong = await suggest(reviewer, group, 'no type', 'features.logins.type')
    await expect(applySuggestion(author, wrong)).rejects.toMatchObject({ code: 'invalid' })
    const stale = await suggest(reviewer, group, 'P10D', 'ttl')
    await applySuggestion(author, await suggest(reviewer, group, 'P20D', 'ttl'))
    await expect(applySuggestion(author, stale)).rejects.toMatchObject({ code: 'conflict' })
    await expect(suggest(reviewer, group, 'x', 'features.logins.price')).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('hold no value that cannot be kept as it is', async () => {
    const group = await inReview()
    for (const value of [9007199254740993n, new LosslessNumber('1e400'), { a: ['x\u0000'] }])
      await expect(suggest(reviewer, group, value, 'features.num_logins.contract.min')).rejects.toMatchObject(
        {
          code: 'invalid',
          message: expect.stringContaining('/suggestion/value'),
        },
      )
  })

  it('name no feature in the history that its reader may not know of', async () => {
    const body = groupBody({ owner_team: team, purposes: ['care'], lawful_basis: 'contract' })
    const [first, ...others] = body.features
    const secret = { ...first, name: 'hiv_status', classification: 'restricted' }
    const { name: group } = await registerFeatureGroup(author, { ...body, features: [secret, ...others] })
    const anchor = 'features.hiv_status.description'
    for (const settle of [applySuggestion, declineSuggestion] as const) {
      const value = settle === applySuggestion ? 'Said.' : 'Said otherwise.'
      const thread = await openThread(reviewer, group, 1, {
        field: anchor,
        text: 'So?',
        suggestion: { value },
      })
      const at = { group, major: 1, thread: thread.id, comment: thread.comments[0]?.id ?? '' }
      await settle(author, at, undefined)
    }
    const { history } = await getReview(viewer, group, 1)
    expect(history.map(({ action }) => action)).toEqual(['group:update', 'group:update'])
    expect(JSON.stringify(history)).not.toContain('hiv_status')
  })
})
