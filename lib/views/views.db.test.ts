import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, teams } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { testActor, testContext } from '@/lib/identity/testing'
import { contextOf, mintName } from '@/lib/registry/testing'
import { createView, deleteView, getView, listViews, updateView } from '.'
import { listViewsQuery } from './operations'

const team = mintName('team')
let mara: Context
let member: Context
let maintainer: Context
let stranger: Context
let administrator: Context

beforeAll(async () => {
  mara = testContext(await testActor({ role: 'viewer', name: 'Mara', team }))
  member = testContext(await testActor({ role: 'viewer', name: 'Mem', team }))
  maintainer = testContext(await testActor({ role: 'viewer', name: 'Main', team }))
  maintainer.actor.teams = maintainer.actor.teams.map((one) => ({ ...one, membership: 'maintainer' }))
  stranger = testContext(await testActor({ role: 'viewer', name: 'Stranger' }))
  administrator = testContext(await testActor({ role: 'administrator', name: 'Root' }))
})

const query = { q: ['delay'], team: ['flights', 'network'], sort: ['-updated_at'] }
const keep = (ctx: Context, over: object = {}) => createView(ctx, { name: mintName('view'), query, ...over })
const names = async (ctx: Context) =>
  (await listViews(ctx, listViewsQuery.parse({ limit: 200 }))).data.map(({ name }) => name)

describe('a saved view', () => {
  it('is its owner’s alone until it is shared', async () => {
    const { id, name, etag } = await keep(mara)
    expect(await getView(mara, id)).toMatchObject({ query, shared_with: 'nobody', team: null, mine: true })
    for (const ctx of [member, maintainer, stranger, administrator]) {
      expect(await names(ctx)).not.toContain(name)
      await expect(getView(ctx, id)).rejects.toMatchObject({ code: 'not_found' })
      await expect(updateView(ctx, id, { name: 'x' }, '*')).rejects.toMatchObject({ code: 'not_found' })
      await expect(deleteView(ctx, id, '*')).rejects.toMatchObject({ code: 'not_found' })
    }
    const shared = await updateView(mara, id, { shared_with: 'team', team }, etag)
    expect(shared).toMatchObject({ shared_with: 'team', team, name, query })
    expect(await names(member)).toContain(name)
    expect(await names(stranger)).not.toContain(name)
    await updateView(mara, id, { shared_with: 'everyone' }, '*')
    expect(await getView(stranger, id)).toMatchObject({
      owner: { name: 'Mara' },
      mine: false,
      may_edit: false,
    })
  })

  it('is changed by who keeps it, a team’s by its maintainers, a shared one by an administrator', async () => {
    const { id, etag } = await keep(mara, { shared_with: 'team', team })
    await expect(updateView(member, id, { name: 'x' }, etag)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(deleteView(member, id, etag)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(updateView(mara, id, { name: 'y' }, null)).rejects.toMatchObject({
      code: 'precondition_required',
    })
    const renamed = await updateView(maintainer, id, { name: mintName('renamed') }, etag)
    await expect(updateView(mara, id, { name: 'z' }, etag)).rejects.toMatchObject({
      code: 'precondition_failed',
    })
    await deleteView(maintainer, id, renamed.etag)
    await expect(getView(mara, id)).rejects.toMatchObject({ code: 'not_found' })
    const open = await keep(mara, { shared_with: 'everyone' })
    await expect(deleteView(stranger, open.id, '*')).rejects.toMatchObject({ code: 'forbidden' })
    await deleteView(administrator, open.id, '*')
  })

  it('has a name that its owner uses once', async () => {
    const { name } = await keep(mara)
    await expect(keep(mara, { name })).rejects.toMatchObject({ code: 'conflict' })
    await keep(member, { name })
    const other = await keep(mara)
    await expect(updateView(mara, other.id, { name }, '*')).rejects.toMatchObject({ code: 'conflict' })
  })

  it('refuses other teams, unknown parameters and service accounts', async () => {
    await expect(keep(stranger, { shared_with: 'team', team })).rejects.toMatchObject({
      details: { errors: [{ pointer: '/team', code: 'not_a_member' }] },
    })
    for (const over of [{ team }, { query: { colour: ['red'] } }, { name: ' ' }, { query: { q: 'delay' } }])
      await expect(keep(mara, over)).rejects.toMatchObject({ code: 'invalid' })
    await expect(keep(contextOf(['viewer']))).rejects.toMatchObject({ code: 'invalid' })
    await expect(keep(testContext(await testActor({ name: 'No Role' })))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('becomes its owner’s alone when the team goes', async () => {
    const gone = mintName('team')
    const keeper = testContext(await testActor({ role: 'viewer', team: gone }))
    const { id } = await keep(keeper, { shared_with: 'team', team: gone })
    const [row] = await db().select().from(teams).where(eq(teams.name, gone))
    await db().execute(`delete from team_members where team_id = '${row?.id}'`)
    await db().delete(teams).where(eq(teams.name, gone))
    expect(await getView(keeper, id)).toMatchObject({ shared_with: 'nobody', team: null })
  })

  it('leaves a line in the log for each act', async () => {
    const ctx = testContext(await testActor({ role: 'viewer', name: 'Logged' }))
    const { id } = await keep(ctx, { name: 'Mine' })
    await updateView(ctx, id, { name: 'Ours' }, '*')
    await deleteView(ctx, id, '*')
    const rows = await db().select().from(auditLog).where(eq(auditLog.actorId, ctx.actor.id))
    expect(rows.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['View kept: Mine', 'View changed: Ours', 'View deleted: Ours']),
    )
  })

  it('is listed page by page', async () => {
    const ctx = testContext(await testActor({ role: 'viewer' }))
    for (const name of ['Beta', 'alpha', 'Gamma']) await keep(ctx, { name: `${name} ${ctx.actor.id}` })
    const first = await listViews(ctx, listViewsQuery.parse({ limit: 2 }))
    expect(first.meta.total).toBeGreaterThanOrEqual(3)
    const all = (await names(ctx)).filter((name) => name.endsWith(ctx.actor.id))
    expect(all.map((name) => name.split(' ')[0])).toEqual(['alpha', 'Beta', 'Gamma'])
  })
})
