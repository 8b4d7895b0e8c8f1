import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db, withTransaction } from '@/db/client'
import { notifications, people, teamMembers } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { systemContext } from '@/lib/identity'
import * as registry from '@/lib/registry'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { countReads } from '@/lib/usage'
import * as retirement from '..'
import { lockCampaign } from './queries'

const nowMs = Date.parse('2026-09-01T00:00:00Z')
const dayMs = 86_400_000
const at = (days: number, ms = 0) => new Date(nowMs + days * dayMs + ms)
const on = (ctx: Context, days: number, ms = 0): Context => ({ ...ctx, now: () => at(days, ms) })
let team: TestTeam
let growth: TestTeam
let owner: Context
let reviewer: Context

async function mintPerson(memberOf: TestTeam, roles: Parameters<typeof contextOf>[0]): Promise<Context> {
  const ctx = on(contextOf(roles, memberOf), 0)
  const { id, name } = ctx.actor
  await db()
    .insert(people)
    .values({ id, name, email: `${id}@example.test` })
  await db().insert(teamMembers).values({ teamId: memberOf.id, principalId: id, membership: 'member' })
  return ctx
}
beforeAll(async () => {
  team = await mintTeam()
  growth = await mintTeam()
  owner = await mintPerson(team, ['producer'])
  reviewer = await mintPerson(growth, ['reviewer'])
})

const newGroup = async () =>
  (await registry.registerFeatureGroup(owner, groupBody({ owner_team: team.name }))).name
const group = (name: string) => ({ kind: 'group' as const, name, version: 1 })
async function start(items: object[], days = 10) {
  return retirement.startCampaign(reviewer, {
    title: mintName('Unread'),
    body: 'Keep, deprecate or archive?',
    deadline: at(days).toISOString(),
    items,
  })
}
const told = async (ctx: Context, campaign: string) =>
  (await db().select().from(notifications).where(eq(notifications.personId, ctx.actor.id))).filter(
    ({ href }) => href.endsWith(campaign),
  )
const silent = async () => {}

describe('a campaign', () => {
  it('asks the owners, carries their answers out at once, and ends with a summary', async () => {
    const [kept, deprecated, archived, left] = [
      await newGroup(),
      await newGroup(),
      await newGroup(),
      await newGroup(),
    ]
    const campaign = await start([kept, deprecated, archived, left].map(group))
    expect(await told(owner, campaign.id)).toMatchObject([{ kind: 'retirement' }])
    const idOf = (name: string) => campaign.items.find((item) => item.name === name)?.id ?? ''
    const answer = (name: string, what: string, more: object = {}, ctx = owner) =>
      retirement.answerCampaign(ctx, campaign.id, {
        items: [idOf(name)],
        answer: what,
        reason: 'As agreed.',
        ...more,
      })
    await answer(kept, 'keep')
    await answer(deprecated, 'deprecate', { sunset_at: at(60).toISOString() })
    await answer(archived, 'archive')
    expect((await registry.getVersion(owner, deprecated, 1)).state).toBe('deprecated')
    expect((await registry.getVersion(owner, archived, 1)).state).toBe('archived')
    const { results } = await answer(kept, 'archive')
    expect(results).toMatchObject([
      { done: false, because: expect.stringContaining('answered already: keep') },
    ])
    expect((await registry.getVersion(owner, kept, 1)).state).toBe('active')
    const progress = { kept: 1, deprecated: 1, archived: 1, unanswered: 1, failed: 0 }
    expect(await retirement.getCampaign(owner, campaign.id)).toMatchObject({ progress, closed_at: null })
    await expect(retirement.closeCampaign(owner, campaign.id)).rejects.toMatchObject({ code: 'forbidden' })
    const closed = await retirement.closeCampaign(reviewer, campaign.id)
    expect(closed).toMatchObject({ progress, closed_by: reviewer.actor.name })
    await expect(answer(left, 'keep')).rejects.toMatchObject({ code: 'conflict' })
    await expect(retirement.closeCampaign(reviewer, campaign.id)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is answered only by who may do the act; what is refused is told, changes nothing, and can be tried again', async () => {
    const [free, used] = [await newGroup(), await newGroup()]
    const service = mintName('service')
    await registry.registerFeatureService(owner, {
      name: service,
      features: [`${used}:num_logins`],
      owner_team: team.name,
    })
    const campaign = await start([group(free), group(used), { kind: 'service', name: service }])
    const items = campaign.items.map(({ id }) => id)
    const answer = (ctx: Context, what: string) =>
      retirement.answerCampaign(ctx, campaign.id, { items, answer: what, reason: 'Old.' })
    const stranger = await answer(on(contextOf(['producer'], growth), 0), 'keep')
    expect(stranger.results.every(({ done }) => !done)).toBe(true)
    expect((await retirement.getCampaign(owner, campaign.id)).progress).toMatchObject({
      unanswered: 3,
      failed: 3,
    })
    const { results } = await answer(owner, 'archive')
    const outcome = (name: string) => results.find((one) => one.name === name)
    expect(outcome(free)).toMatchObject({ done: true })
    expect(outcome(used)).toMatchObject({ done: false, because: expect.stringContaining(service) })
    expect(outcome(service)).toMatchObject({ done: true })
    const again = await retirement.answerCampaign(owner, campaign.id, {
      items: items.filter((id) => campaign.items.find((one) => one.id === id)?.name === used),
      answer: 'archive',
      reason: 'Now.',
    })
    expect(again.results).toMatchObject([{ done: true }])
  })

  it('reminds who is silent once a day, three days before its deadline by itself, and ends on it', async () => {
    const campaign = await start([group(await newGroup())])
    expect(await retirement.remindCampaign(on(reviewer, 1), campaign.id)).toEqual({ told: 1 })
    expect(await retirement.remindCampaign(on(reviewer, 1, 1000), campaign.id)).toEqual({ told: 0 })
    const day = (days: number, ms = 0) =>
      retirement.retirementDay(systemContext({ now: () => at(days, ms) }), silent)
    await day(7, -1)
    expect(await told(owner, campaign.id)).toHaveLength(2)
    await day(7)
    expect(await told(owner, campaign.id)).toHaveLength(3)
    await day(8)
    expect(await told(owner, campaign.id)).toHaveLength(3)
    await day(10, -1)
    expect((await retirement.getCampaign(reviewer, campaign.id)).closed_at).toBeNull()
    await day(10)
    expect(await retirement.getCampaign(reviewer, campaign.id)).toMatchObject({
      closed_by: 'Almanac',
      progress: { unanswered: 1 },
    })
    expect(await told(reviewer, campaign.id)).toMatchObject([
      { body: 'What became of each item stands there; what has no answer stays as it is.' },
    ])
  })

  it('is read while somebody changes it, and waits for nobody', async () => {
    const { id } = await start([group(await newGroup())])
    await withTransaction(async (tx) => {
      await lockCampaign(tx, id)
      expect(await retirement.getCampaign(owner, id)).toMatchObject({ id })
    })
  })

  it('is started by a reviewer, over what is there, once each, with time to answer', async () => {
    const name = await newGroup()
    await expect(
      retirement.startCampaign(owner, { title: 'x', deadline: at(1).toISOString(), items: [group(name)] }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    const refused = (pointer: string) => ({ code: 'invalid', details: { errors: [{ pointer }] } })
    await expect(start([group(name), group('nowhere')])).rejects.toMatchObject(refused('/items/1'))
    await expect(start([group(name), group(name)])).rejects.toMatchObject(refused('/items/1'))
    await expect(start([group(name)], 0)).rejects.toMatchObject(refused('/deadline'))
    await registry.archiveVersion(owner, name, 1, { reason: 'Old.' })
    await expect(start([group(name)])).rejects.toMatchObject(refused('/items/0'))
  })

  it('tells who may not know of an item not even that there is one, open or closed, in lists as on its page', async () => {
    const [name, open] = [await newGroup(), await newGroup()]
    const campaign = await start([group(name), group(open)])
    await registry.updateFeatureGroup(
      contextOf(['administrator']),
      name,
      { classification: 'restricted' },
      '*',
    )
    const viewer = contextOf(['viewer'])
    const known = { progress: { kept: 0, deprecated: 0, archived: 0, unanswered: 1, failed: 0 } }
    const told = await retirement.getCampaign(viewer, campaign.id)
    expect(JSON.stringify(told)).not.toContain(name)
    expect(told).toMatchObject({ items: [{ name: open }], ...known })
    expect(Object.keys(told)).not.toContain('restricted')
    await retirement.closeCampaign(contextOf(['administrator']), campaign.id)
    expect(await retirement.getCampaign(viewer, campaign.id)).toMatchObject(known)
    const { data } = await retirement.listCampaigns(viewer, { limit: 200 })
    expect(data.find(({ id }) => id === campaign.id)).toMatchObject(known)
    expect((await retirement.getCampaign(contextOf(['reviewer']), campaign.id)).progress.unanswered).toBe(2)
  })
})

describe('a set at once', () => {
  it('has one impact, each consumer once, and an outcome each', async () => {
    const [one, two] = [await newGroup(), await newGroup()]
    const reader = contextOf(['consumer']).actor
    for (const groupName of [one, two])
      countReads(
        reader,
        'online',
        [{ groupName, version: 1, feature: 'num_logins', environment: 'prod' }],
        1,
        nowMs,
      )
    const items = [group(one), group(two), group('nowhere')]
    const preview = await retirement.previewBulk(owner, { act: 'archive', items })
    expect(preview.consumers).toMatchObject([{ items: [`${one}@1`, `${two}@1`] }])
    expect(preview.items.map(({ refused }) => refused)).toEqual([
      expect.stringContaining('Deprecate it first'),
      expect.stringContaining('Deprecate it first'),
      expect.stringContaining('nowhere'),
    ])
    await expect(
      retirement.retireInBulk(owner, { act: 'deprecate', items, reason: 'Old.' }),
    ).rejects.toMatchObject({ code: 'invalid' })
    const { results } = await retirement.retireInBulk(owner, {
      act: 'deprecate',
      items,
      reason: 'Old.',
      confirm: true,
    })
    expect(results.map(({ done }) => done)).toEqual([true, true, false])
    expect((await registry.getVersion(owner, two, 1)).state).toBe('deprecated')
  })
})
