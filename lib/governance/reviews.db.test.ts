import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { organisationSettings } from '@/db/schema'
import { proposeContract } from '@/lib/contracts'
import type { Context } from '@/lib/core/context'
import { authenticateKey, createServiceKey, systemContext } from '@/lib/identity'
import { testActor, testContext } from '@/lib/identity/testing'
import {
  addVersion,
  approveVersion,
  promoteVersion,
  registerFeatureGroup,
  requestChanges,
  submitVersion,
} from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import { getReview } from './get-review'
import { listReviews } from './list-reviews'
import { listReviewsQuery } from './operations'

const team = mintName('team')
let author: Context
let colleague: Context
let reviewer: Context
let viewer: Context
beforeAll(async () => {
  author = testContext(await testActor({ role: 'producer', team, name: 'Ada' }))
  colleague = testContext(await testActor({ role: 'producer', team, name: 'Ben' }))
  reviewer = testContext(await testActor({ role: 'reviewer', name: 'Rita' }))
  viewer = testContext(await testActor({ role: 'viewer', name: 'Vic' }))
  // Whoever authenticates loads the directory of those who can help.
  await authenticateKey(await createServiceKey(systemContext(), { name: 'ci', role: 'viewer', team }))
})

const register = async (overrides: Record<string, unknown> = {}) =>
  registerFeatureGroup(author, groupBody({ owner_team: team, ...overrides }))

/** A second version of an internal group, as a draft of Ada's. */
async function draftOfTwo() {
  const { name, features } = await register()
  await addVersion(author, name, {
    features: features.slice(0, 1).map(({ name, type, description }) => ({ name, type, description })),
  })
  return name
}

/** The draft again, with a feature of another name. */
async function bringFeature(group: string) {
  const feature = { name: 'logins_zz', type: 'int64', description: 'A week.' }
  await addVersion(author, group, { features: [feature] })
  return feature
}

const listed = async (ctx: Context, group: string, query: object = {}) => {
  const { data } = await listReviews(ctx, listReviewsQuery.parse({ limit: 200, ...query }))
  return data.find((one) => one.group === group) ?? null
}

describe('listReviews', () => {
  it('shows a draft to its author and team alone, for their submission', async () => {
    const group = await draftOfTwo()
    expect(await listed(author, group)).toMatchObject({
      version: 2,
      state: 'draft',
      step: 'submit',
      change: 'new_version',
      author: 'Ada',
      submitted_by: null,
      waits_for_me: true,
    })
    expect(await listed(colleague, group)).toMatchObject({ waits_for_me: true })
    expect(await listed(reviewer, group)).toBeNull()
    expect(await listed(viewer, group)).toBeNull()
  })

  it('lets what is in review wait for somebody other than author and submitter', async () => {
    const group = await draftOfTwo()
    await submitVersion(colleague, group, 2, {})
    expect(await listed(reviewer, group)).toMatchObject({
      step: 'approve',
      submitted_by: 'Ben',
      waits_for_me: true,
      waits_for: [],
    })
    const own = await listed(author, group)
    expect(own).toMatchObject({ waits_for_me: false })
    expect(own?.waits_for).toContain('Rita (reviewer)')
    expect((await listed(viewer, group))?.waits_for).toContain('Rita (reviewer)')
    expect(await listed(author, group, { waits_for: 'me' })).toBeNull()
    expect(await listed(reviewer, group, { waits_for: 'me' })).not.toBeNull()
  })

  it('does not take the submitter for the second person, even with the right to approve', async () => {
    const group = await draftOfTwo()
    const both = testContext(await testActor({ roles: ['producer', 'reviewer'], team, name: 'Bob' }))
    await submitVersion(both, group, 2, {})
    expect(await listed(both, group)).toMatchObject({ waits_for_me: false })
    await expect(approveVersion(both, group, 2, {})).rejects.toMatchObject({ code: 'forbidden' })
    const { acts } = await getReview(both, group, 2)
    expect(acts.find(({ act }) => act === 'approve')).toMatchObject({
      allowed: false,
      rule: expect.stringContaining('their own submission'),
    })
  })

  it('tells what the rules have against new names, and where the contract stands', async () => {
    const group = await draftOfTwo()
    const { name: feature } = await bringFeature(group)
    await db()
      .insert(organisationSettings)
      .values({ key: 'registry.naming', value: { reserved: ['zz'] }, revision: 1 })
    await proposeContract(author, group, { version: 1, terms: { freshness: { max_age: 'P1D' } } })
    const now = await getReview(author, group, 2)
    await db().delete(organisationSettings).where(eq(organisationSettings.key, 'registry.naming'))
    expect(now.misnamed).toEqual([`\`${feature}\`: holds \`zz\`, a word that is reserved.`])
    expect(now.contract).toEqual({
      in_force: null,
      proposed: null,
      followed: 1,
      open_breaches: 0,
      environment: 'prod',
    })
    expect((await getReview(author, group, 1)).contract.in_force).toEqual({ number: 1, terms: 1 })
    expect((await getReview(author, group, 2)).misnamed).toEqual([])
  })

  it('keeps what is approved and not yet served until it is promoted', async () => {
    const group = await draftOfTwo()
    await submitVersion(author, group, 2, {})
    await approveVersion(reviewer, group, 2, {})
    expect(await listed(author, group)).toMatchObject({
      version: 2,
      step: 'promote',
      environments: ['prod'],
      waits_for_me: true,
    })
    expect(await listed(viewer, group)).toMatchObject({ waits_for_me: false })
    await promoteVersion(author, group, 2, {})
    expect(await listed(author, group)).toBeNull()
  })

  it('names a restricted group to nobody who may not know of it', async () => {
    const { name } = await register({ classification: 'restricted' })
    await submitVersion(author, name, 1, {})
    expect(await listed(viewer, name)).toBeNull()
    expect(await listed(reviewer, name)).toMatchObject({ change: 'first' })
    await expect(getReview(viewer, name, 1)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('pages: each version once, and the total', async () => {
    await draftOfTwo()
    await draftOfTwo()
    const all = await listReviews(author, listReviewsQuery.parse({ limit: 200 }))
    const first = await listReviews(author, listReviewsQuery.parse({ limit: 1 }))
    const second = await listReviews(
      author,
      listReviewsQuery.parse({ limit: 1, cursor: first.meta.next_cursor }),
    )
    expect([...first.data, ...second.data]).toEqual(all.data.slice(0, 2))
    expect(first.meta.total).toBe(all.data.length)
  })
})

describe('getReview', () => {
  it('says what is missing, what follows what, and what was done', async () => {
    const { name } = await register({
      classification: 'confidential',
      description: '',
      features: [{ name: 'spent', type: 'float64' }],
    })
    const draft = await getReview(author, name, 1)
    expect(draft).toMatchObject({ compared_with: null, missing: [name, 'spent'], state: 'draft' })
    expect(draft.acts).toMatchObject([{ act: 'submit', allowed: true }])
    await expect(submitVersion(author, name, 1, {})).rejects.toMatchObject({ code: 'invalid' })
  })

  it('keeps why a version was sent back', async () => {
    const group = await draftOfTwo()
    await submitVersion(author, group, 2, { reason: 'Sessions moved to a group of their own.' })
    await requestChanges(reviewer, group, 2, { reason: 'Who reads the old column?' })
    const { history, acts, compared_with } = await getReview(author, group, 2)
    expect(history.map(({ actor, action, reason }) => [actor, action, reason])).toEqual([
      ['Rita', 'version:approve', 'Changes requested: Who reads the old column?'],
      ['Ada', 'version:submit', 'Sessions moved to a group of their own.'],
      ['Ada', 'group:update', null],
    ])
    expect(acts.map(({ act }) => act)).toEqual(['submit'])
    expect(compared_with).toBe(1)
  })

  it('offers promotion where it is approved and not served, with the rows that are there', async () => {
    const group = await draftOfTwo()
    await submitVersion(author, group, 2, {})
    await approveVersion(reviewer, group, 2, {})
    const { acts, commits } = await getReview(viewer, group, 2)
    expect(acts).toMatchObject([{ act: 'promote', environment: 'prod', allowed: false }])
    expect(commits).toEqual([{ environment: 'prod', commits: 0 }])
  })
})
