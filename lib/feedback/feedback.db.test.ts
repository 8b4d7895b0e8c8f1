import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, catalogDocuments, feedback } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { testActor, testContext } from '@/lib/identity/testing'
import { listNotifications } from '@/lib/notify'
import { listNotificationsQuery } from '@/lib/notify/operations'
import { registerFeatureGroup } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import { closeFeedback, feedbackCsv, getFeedback, listFeedback, reopenFeedback, tellFeedback } from '.'
import { listFeedbackQuery } from './operations'

let owner: Context
let teammate: Context
let reader: Context
let stranger: Context
let administrator: Context
let group: string
let team: string

beforeAll(async () => {
  team = mintName('team')
  owner = testContext(await testActor({ role: 'producer', team, name: 'Ada' }))
  teammate = testContext(await testActor({ role: 'viewer', team, name: 'Tim' }))
  reader = testContext(await testActor({ role: 'viewer', name: 'Rea' }))
  stranger = testContext(await testActor({ role: 'producer', team: mintName('team'), name: 'Stan' }))
  administrator = testContext(await testActor({ role: 'administrator', name: 'Root' }))
  group = (await registerFeatureGroup(owner, groupBody({ owner_team: team }))).name
})

const said = 'Which of the two times is the event time?'
const tell = (ctx: Context, over: object = {}) =>
  tellFeedback(ctx, { kind: 'form', said, path: `/groups/${group}/new-version`, form: 'Register', ...over })
const list = (ctx: Context, query: object = {}) =>
  listFeedback(ctx, listFeedbackQuery.parse({ limit: 200, ...query }))
const ids = async (ctx: Context, query: object = {}) => (await list(ctx, query)).data.map(({ id }) => id)
const closed = { reason: 'The form says it now.' }
const told = async (ctx: Context) =>
  (await listNotifications(ctx, listNotificationsQuery.parse({ kind: 'feedback' }))).data

describe('what was hard', () => {
  it('stands on the list of its author, the owner team and administrators, and of nobody else', async () => {
    const { id, ...rest } = await tell(reader, { request_id: 'a1-b2' })
    expect(rest).toMatchObject({
      said,
      asset: { kind: 'group', name: group },
      owner_team: team,
      request_id: 'a1-b2',
      state: 'open',
      mine: true,
      may_close: false,
    })
    for (const ctx of [reader, owner, teammate, administrator]) expect(await ids(ctx)).toContain(id)
    expect(await ids(stranger)).not.toContain(id)
    await expect(getFeedback(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(closeFeedback(stranger, id, closed)).rejects.toMatchObject({ code: 'not_found' })
    expect(await ids(owner, { mine: 'true' })).not.toContain(id)
    expect(await getFeedback(owner, id)).toMatchObject({ mine: false, may_close: true, author: 'Rea' })
  })

  it('is closed with a reason by who owns the asset; its author is told, and told when it is open again', async () => {
    const { id } = await tell(reader)
    for (const ctx of [reader, teammate])
      await expect(closeFeedback(ctx, id, closed)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(closeFeedback(owner, id, { reason: ' ' })).rejects.toMatchObject({ code: 'invalid' })
    expect(await closeFeedback(owner, id, closed)).toMatchObject({
      state: 'closed',
      closed_by: 'Ada',
      closed_reason: closed.reason,
    })
    await expect(closeFeedback(administrator, id, closed)).rejects.toMatchObject({ code: 'conflict' })
    expect(await told(reader)).toMatchObject([
      { title: `Closed: “${said}”`, body: closed.reason, href: `/settings/feedback?open=${id}` },
    ])
    expect(await ids(reader, { state: 'open' })).not.toContain(id)
    expect(await ids(reader, { state: 'closed' })).toContain(id)
    await expect(reopenFeedback(reader, id, undefined)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await reopenFeedback(administrator, id, undefined)).toMatchObject({
      state: 'open',
      closed_at: null,
      closed_reason: null,
    })
    await expect(reopenFeedback(owner, id, {})).rejects.toMatchObject({ code: 'conflict' })
    expect((await told(reader)).map(({ title }) => title.split(':')[0])).toEqual(['Open again', 'Closed'])
    const rows = await db().select().from(auditLog).where(eq(auditLog.actorId, owner.actor.id))
    expect(rows).toContainEqual(
      expect.objectContaining({ action: 'group:update', reason: closed.reason, resourceName: group }),
    )
  })

  it('of no asset is the administrators’ alone', async () => {
    const { id, owner_team } = await tell(reader, { kind: 'documentation', path: '/docs/ingest' })
    expect(owner_team).toBeNull()
    expect(await ids(owner)).not.toContain(id)
    expect((await closeFeedback(administrator, id, closed)).state).toBe('closed')
  })

  it('tells nothing of an asset that its author may not know of, and nothing of one that was hidden since', async () => {
    const missing = await tell(reader, { path: '/groups/no_such_group' })
    const secret = await registerFeatureGroup(owner, groupBody({ owner_team: team }))
    const before = await tell(reader, { path: `/groups/${secret.name}` })
    await db()
      .update(catalogDocuments)
      .set({ classification: 'restricted' })
      .where(eq(catalogDocuments.name, secret.name))
    const hidden = await tell(reader, { path: `/groups/${secret.name}` })
    const answer = ({ asset, owner_team, may_close }: typeof hidden) => ({ asset, owner_team, may_close })
    expect(answer(hidden)).toEqual(answer(missing))
    expect(await ids(owner)).not.toContain(hidden.id)
    expect(await ids(reader)).not.toContain(before.id)
    expect(await feedbackCsv(reader, { limit: 50, mine: 'true' })).not.toContain(before.id)
    await expect(getFeedback(reader, before.id)).rejects.toMatchObject({ code: 'not_found' })
    await db().delete(catalogDocuments).where(eq(catalogDocuments.name, secret.name))
    expect(await ids(reader)).toContain(before.id)
  })

  it('is found by kind and path, page by page, and goes out as CSV', async () => {
    const ctx = testContext(await testActor({ role: 'viewer', name: 'Pat' }))
    const first = await tell(ctx, { kind: 'error', path: '/monitoring', said: '=1+1' })
    const second = await tell(ctx, { kind: 'documentation', path: '/docs/find' })
    await tell(ctx, { kind: 'documentation', path: '/docsy' })
    expect(await ids(ctx, { kind: 'error' })).toEqual([first.id])
    expect(await ids(ctx, { path: '/docs' })).toEqual([second.id])
    expect(await ids(ctx, { path: '/docs/find' })).toEqual([second.id])
    const page = await list(ctx, { limit: 2 })
    expect(page.meta).toMatchObject({ total: 3, may_close: false })
    expect(await ids(ctx, { limit: 2, cursor: page.meta.next_cursor })).toEqual([first.id])
    await expect(list(ctx, { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid' })
    const csv = await feedbackCsv(ctx, { limit: 1, kind: 'error' })
    expect(csv.split('\n')).toHaveLength(3)
    expect(csv).toContain("'=1+1")
  })

  it('takes no query of an address, no empty and no endless text', async () => {
    for (const over of [
      { path: '/register?name=secret' },
      { path: '//elsewhere' },
      { path: 'register' },
      { said: '  ' },
      { said: 'x'.repeat(2001) },
      { values: { name: 'x' } },
    ])
      await expect(tell(reader, over)).rejects.toMatchObject({ code: 'invalid' })
    expect((await tell(reader, { said: 'x'.repeat(2000) })).said).toHaveLength(2000)
  })

  it('is taken twenty times an hour from one person, whoever else tells', async () => {
    const ctx = testContext(await testActor({ role: 'viewer', name: 'Loud' }))
    const results = await Promise.allSettled(Array.from({ length: 22 }, () => tell(ctx)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
    await expect(tell(ctx)).rejects.toMatchObject({ code: 'rate_limited' })
    expect((await tell(reader)).state).toBe('open')
    await db()
      .update(feedback)
      .set({ createdAt: new Date(Date.now() - 3_700_000).toISOString() })
      .where(eq(feedback.authorId, ctx.actor.id))
    expect((await tell(ctx)).state).toBe('open')
  })
})
