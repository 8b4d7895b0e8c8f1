import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { apiKeys, auditLog, usageMinutes } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { testActor, testContext } from '@/lib/identity/testing'
import * as registry from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import { decisionsOf, latestReview } from './record'

const team = mintName('team')
const person = async (name: string, ...roles: ('producer' | 'reviewer' | 'administrator')[]) =>
  testContext(await testActor({ roles, team, name }))

/** The caller through a key: a person's own, or a service account's that `maker` made. */
async function keyOf(ctx: Context, { ownerKind, maker }: { ownerKind: 'person' | 'service'; maker: string }) {
  const keyId = newId()
  await db().insert(apiKeys).values({
    id: keyId,
    name: 'ci',
    prefix: 'alm',
    secretHash: keyId,
    ownerKind,
    ownerId: ctx.actor.id,
    createdBy: maker,
  })
  const { id, name, roles, teams } = ctx.actor
  const actor = {
    kind: 'apiKey' as const,
    ...{ id, name, roles, teams, keyId, keyName: 'ci', scopes: [], environments: [], groups: [] },
    expiresAt: null,
  }
  return testContext(actor)
}

/** Version 2 of a group that lost a feature, in review. */
async function inReview(author: Context, overrides: Record<string, unknown> = {}, submitter = author) {
  const body = groupBody({ owner_team: team, ...overrides })
  const { name } = await registry.registerFeatureGroup(author, body)
  await registry.addVersion(author, name, { features: body.features.slice(0, 1) })
  await registry.submitVersion(submitter, name, 2, {})
  return name
}

const refused = (act: Promise<unknown>) => expect(act).rejects.toMatchObject({ code: 'forbidden' })

describe('four eyes, by every road', () => {
  it('refuses the author, with whatever role', async () => {
    const author = await person('Ada', 'producer', 'reviewer', 'administrator')
    await refused(registry.approveVersion(author, await inReview(author), 2, {}))
  })

  it('refuses who wrote an earlier draft of it', async () => {
    const first = await person('Ada', 'producer', 'reviewer')
    const second = await person('Ben', 'producer')
    const body = groupBody({ owner_team: team })
    const { name } = await registry.registerFeatureGroup(first, body)
    const [feature] = body.features
    await registry.addVersion(first, name, { features: [feature] })
    await registry.addVersion(second, name, { features: [{ ...feature, description: 'Logins.' }] })
    await registry.submitVersion(second, name, 2, {})
    await refused(registry.approveVersion(first, name, 2, {}))
  })

  it('refuses the submitter', async () => {
    const submitter = await person('Sue', 'producer', 'reviewer')
    const name = await inReview(await person('Ada', 'producer'), {}, submitter)
    await refused(registry.approveVersion(submitter, name, 2, {}))
  })

  it('refuses a key of the author’s, and a key for somebody else that the author made', async () => {
    const author = await person('Ada', 'producer', 'reviewer')
    const name = await inReview(author)
    const own = await keyOf(author, { ownerKind: 'person', maker: author.actor.id })
    await refused(registry.approveVersion(own, name, 2, {}))
    const other = await keyOf(await person('Rita', 'reviewer'), {
      ownerKind: 'person',
      maker: author.actor.id,
    })
    await refused(registry.approveVersion(other, name, 2, {}))
  })

  it('refuses a service account of the author’s, both ways', async () => {
    const author = await person('Ada', 'producer', 'reviewer')
    const account = await keyOf(await person('robot', 'producer', 'reviewer'), {
      ownerKind: 'service',
      maker: author.actor.id,
    })
    await refused(registry.approveVersion(account, await inReview(author), 2, {}))
    await refused(registry.approveVersion(author, await inReview(account), 2, {}))
  })

  it('refuses an account through a key that another person made, once the author made one too', async () => {
    const author = await person('Ada', 'producer')
    const robot = await person('robot', 'reviewer')
    await keyOf(robot, { ownerKind: 'service', maker: author.actor.id })
    const others = await keyOf(robot, { ownerKind: 'service', maker: newId() })
    await refused(registry.approveVersion(others, await inReview(author), 2, {}))
  })

  it('refuses the promotion of what is confidential to all of them', async () => {
    const author = await person('Ada', 'producer')
    const submitter = await person('Sue', 'producer', 'reviewer')
    const reviewer = await person('Rita', 'reviewer')
    const body = groupBody({ owner_team: team, classification: 'confidential' })
    const { name } = await registry.registerFeatureGroup(author, body)
    await registry.submitVersion(author, name, 1, {})
    await registry.approveVersion(reviewer, name, 1, {})
    await registry.addVersion(author, name, { features: body.features.slice(0, 1) })
    await registry.submitVersion(submitter, name, 2, {})
    await registry.approveVersion(reviewer, name, 2, {})
    await refused(registry.promoteVersion(submitter, name, 2, {}))
    expect(await registry.promoteVersion(reviewer, name, 2, {})).toMatchObject({ state: 'active' })
  })

  it('lets somebody else do it', async () => {
    const name = await inReview(await person('Ada', 'producer'))
    const reviewer = await person('Rita', 'reviewer')
    expect(await registry.approveVersion(reviewer, name, 2, {})).toMatchObject({ state: 'active' })
  })
})

describe('decisions', () => {
  /** Version 2 of a restricted group breaks what somebody reads. */
  async function risky() {
    const author = await person('Ada', 'producer')
    const body = groupBody({ owner_team: team, classification: 'restricted' })
    const { name } = await registry.registerFeatureGroup(author, body)
    await registry.submitVersion(author, name, 1, {})
    await registry.approveVersion(await person('Rita', 'reviewer'), name, 1, {})
    await db().insert(usageMinutes).values({
      minute: new Date().toISOString(),
      consumerKind: 'user',
      consumerId: 'someone',
      groupName: name,
      version: 1,
      feature: 'num_logins',
      environment: 'prod',
      side: 'online',
      reads: 1,
      cells: 1,
    })
    await registry.addVersion(author, name, { features: body.features.slice(0, 1) })
    await registry.submitVersion(author, name, 2, {})
    return { name, author }
  }
  const reviewOf = async (ctx: Context, name: string, major: number) => {
    const { id } = await registry.getFeatureGroup(ctx, name)
    const review = await latestReview({ groupId: id, major })
    if (!review) throw new Error('no review')
    return review
  }

  it('asks two people for what is risky and restricted, and says why', async () => {
    const { name, author } = await risky()
    const [first, second] = [await person('Rita', 'reviewer'), await person('Rolf', 'reviewer')]
    expect(await reviewOf(author, name, 2)).toMatchObject({
      risk: 'high',
      approvalsNeeded: 2,
      riskReasons: [
        'It breaks what version 1 promises.',
        'Version 1 was read in the last 30 days.',
        'It is restricted.',
      ],
    })
    expect(await registry.approveVersion(first, name, 2, {})).toMatchObject({ state: 'in_review' })
    await expect(registry.approveVersion(first, name, 2, {})).rejects.toMatchObject({ code: 'conflict' })
    const key = await keyOf(first, { ownerKind: 'person', maker: first.actor.id })
    await expect(registry.approveVersion(key, name, 2, {})).rejects.toMatchObject({ code: 'conflict' })
    expect(await registry.approveVersion(second, name, 2, {})).toMatchObject({ state: 'active' })
    expect(await reviewOf(author, name, 2)).toMatchObject({ state: 'approved' })
  })

  it('counts no approval from before the version was submitted again', async () => {
    const { name, author } = await risky()
    const [first, second] = [await person('Rita', 'reviewer'), await person('Rolf', 'reviewer')]
    await registry.approveVersion(first, name, 2, {})
    await registry.withdrawVersion(author, name, 2, { reason: 'A unit is missing.' })
    await registry.submitVersion(author, name, 2, {})
    expect(await registry.approveVersion(second, name, 2, {})).toMatchObject({ state: 'in_review' })
    expect(await registry.approveVersion(first, name, 2, {})).toMatchObject({ state: 'active' })
    const review = await reviewOf(author, name, 2)
    const history = (await decisionsOf(review.id)).map(({ decision, byName }) => `${byName} ${decision}`)
    expect(history).toEqual([
      'Ada submit',
      'Rita approve',
      'Ada withdraw',
      'Ada submit',
      'Rolf approve',
      'Rita approve',
    ])
  })

  it('counts no approval from before what is said of the group was changed, and not by who changed it', async () => {
    const { name, author } = await risky()
    const [first, second] = [await person('Rita', 'reviewer'), await person('Rolf', 'reviewer')]
    await registry.approveVersion(first, name, 2, {})
    const seen = `"${(await reviewOf(author, name, 2)).revision}"`
    const writer = await person('Wim', 'producer', 'reviewer')
    const say = async (body: object) =>
      registry.updateFeatureGroup(writer, name, body, (await registry.getFeatureGroup(writer, name)).etag)
    const { description } = await registry.getFeatureGroup(writer, name)
    await say({ description })
    const approvals = async () =>
      (await decisionsOf((await reviewOf(author, name, 2)).id)).filter(
        ({ decision, voidedAt }) => decision === 'approve' && voidedAt === null,
      )
    expect(await approvals()).toHaveLength(1)
    await say({ description: 'Of the last month.', tags: ['month'] })
    expect(await approvals()).toEqual([])
    const stale = registry.approveVersion(second, name, 2, {}, { ifMatch: seen })
    await expect(stale).rejects.toMatchObject({ code: 'precondition_failed' })
    await refused(registry.approveVersion(writer, name, 2, {}))
    expect(await registry.approveVersion(second, name, 2, {})).toMatchObject({ state: 'in_review' })
    const told = await db()
      .select()
      .from(auditLog)
      .where(eq(auditLog.resourceName, `${name}@2`))
    expect(told.map(({ reason }) => reason)).toContain(
      'Said anew: description, tags. What was approved before is void.',
    )
    expect(await registry.approveVersion(first, name, 2, {})).toMatchObject({ state: 'active' })
  })

  it('tells the second of two who decide on the same state, and does nothing', async () => {
    const author = await person('Ada', 'producer')
    const name = await inReview(author)
    const [first, second] = [await person('Rita', 'reviewer'), await person('Rolf', 'reviewer')]
    const ifMatch = `"${(await reviewOf(author, name, 2)).revision}"`
    const acts = await Promise.allSettled([
      registry.requestChanges(first, name, 2, { reason: 'Why?' }, { ifMatch }),
      registry.requestChanges(second, name, 2, { reason: 'How?' }, { ifMatch }),
    ])
    expect(acts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await registry.submitVersion(author, name, 2, {})
    await expect(registry.approveVersion(first, name, 2, {}, { ifMatch })).rejects.toMatchObject({
      code: 'precondition_failed',
    })
  })

  it('rejects for good: readable, not submitted or restored again', async () => {
    const author = await person('Ada', 'producer', 'administrator')
    const name = await inReview(author)
    const reviewer = await person('Rita', 'reviewer')
    await registry.rejectVersion(reviewer, name, 2, { reason: 'It stands elsewhere.' })
    expect(await registry.getVersion(author, name, 2)).toMatchObject({
      state: 'archived',
      archival: { reason: 'Rejected in review: It stands elsewhere.' },
    })
    await expect(registry.submitVersion(author, name, 2, {})).rejects.toMatchObject({ code: 'conflict' })
    await expect(registry.restoreVersion(author, name, 2, { reason: 'No.' })).rejects.toMatchObject({
      code: 'conflict',
    })
    const { features } = await registry.getVersion(author, name, 2)
    expect(await registry.addVersion(author, name, { features })).toMatchObject({
      version: 3,
      state: 'draft',
    })
  })

  it('lets a first version that was rejected come back as a new one', async () => {
    const author = await person('Ada', 'producer')
    const body = groupBody({ owner_team: team, classification: 'confidential' })
    const { name } = await registry.registerFeatureGroup(author, body)
    await registry.submitVersion(author, name, 1, {})
    await registry.rejectVersion(await person('Rita', 'reviewer'), name, 1, { reason: 'Too early.' })
    expect(await registry.addVersion(author, name, { features: body.features })).toMatchObject({
      version: 2,
      state: 'draft',
    })
  })
})
