import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, catalogDocuments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { testActor, testContext } from '@/lib/identity/testing'
import { addVersion, getFeatureGroup, registerFeatureGroup } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import {
  acknowledgeNotification,
  completeAllNotifications,
  completeNotification,
  countNotifications,
  followAsset,
  getFollow,
  listFollows,
  listNotifications,
  listPreferences,
  type Notice,
  notify,
  readNotification,
  reopenNotification,
  reopenNotifications,
  setPreference,
  snoozeNotification,
  unfollowAsset,
} from '.'
import { listNotificationsQuery } from './operations'

const team = mintName('team')
let owner: Context
let reader: Context
let administrator: Context
let group: string

beforeAll(async () => {
  owner = testContext(await testActor({ role: 'producer', team, name: 'Ada' }))
  administrator = testContext(await testActor({ role: 'administrator', name: 'Root' }))
  group = (await registerFeatureGroup(owner, groupBody({ owner_team: team }))).name
})

const someone = async () => testContext(await testActor({ role: 'viewer', name: 'Vic' }))

const tell = (to: Context, over: Partial<Notice> = {}) =>
  notify(db(), owner, {
    kind: 'change',
    to: { people: [to.actor.id] },
    asset: { kind: 'group', name: group },
    title: 'Version 2 is served.',
    href: `/groups/${group}`,
    ...over,
  })

const inbox = (ctx: Context, query: object = {}) =>
  listNotifications(ctx, listNotificationsQuery.parse(query))

async function onlyOne(ctx: Context, over: Partial<Notice> = {}) {
  await tell(ctx, over)
  const [one] = (await inbox(ctx)).data
  if (!one) throw new Error('The inbox is empty.')
  return one
}

describe('the inbox', () => {
  it('shows who acted, on what, and is its owner’s alone', async () => {
    reader = await someone()
    const { id, ...rest } = await onlyOne(reader)
    expect(rest).toMatchObject({
      kind: 'change',
      asset: { kind: 'group', name: group },
      actor: 'Ada',
      state: 'open',
      read_at: null,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/),
    })
    for (const act of [readNotification, completeNotification, reopenNotification, acknowledgeNotification])
      await expect(act(administrator, id)).rejects.toMatchObject({ code: 'not_found' })
    expect((await inbox(administrator)).data.map((one) => one.id)).not.toContain(id)
  })

  it('is done, snoozed, taken back, and counts what is open', async () => {
    const ctx = await someone()
    const { id } = await onlyOne(ctx)
    expect(await countNotifications(ctx)).toEqual({ open: 1, unread: 1, kinds: { change: 1 } })
    expect(await readNotification(ctx, id)).toMatchObject({ read_at: expect.any(String), state: 'open' })
    expect(await countNotifications(ctx)).toMatchObject({ open: 1, unread: 0 })
    expect(await completeNotification(ctx, id)).toMatchObject({ state: 'done' })
    expect(await countNotifications(ctx)).toEqual({ open: 0, unread: 0, kinds: {} })
    expect((await inbox(ctx, { state: 'done' })).data).toHaveLength(1)
    expect(await reopenNotification(ctx, id)).toMatchObject({ state: 'open', done_at: null })
    const until = new Date(Date.now() + 3_600_000).toISOString()
    expect(await snoozeNotification(ctx, id, { until })).toMatchObject({ state: 'snoozed' })
    expect((await inbox(ctx)).data).toEqual([])
    expect((await inbox(ctx, { state: 'snoozed' })).meta.total).toBe(1)
    const later = { ...ctx, now: () => new Date(Date.now() + 7_200_000) }
    expect((await inbox(later)).data).toMatchObject([{ id, state: 'open' }])
    await expect(snoozeNotification(ctx, id, { until: '2001-01-01T00:00:00Z' })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('pages and filters by kind and by what is unread', async () => {
    const ctx = await someone()
    await tell(ctx)
    await tell(ctx, { kind: 'mention' })
    await tell(ctx, { kind: 'deprecation' })
    const first = await inbox(ctx, { limit: 2 })
    expect(first.meta).toMatchObject({ total: 3, unread: 3, next_cursor: expect.any(String) })
    const second = await inbox(ctx, { limit: 2, cursor: first.meta.next_cursor })
    expect(new Set([...first.data, ...second.data].map(({ kind }) => kind)).size).toBe(3)
    expect(second.meta.next_cursor).toBeNull()
    expect((await inbox(ctx, { kind: 'mention' })).data).toMatchObject([{ kind: 'mention' }])
    expect((await inbox(ctx, { kind: ['mention', 'change'] })).meta.total).toBe(2)
    await readNotification(ctx, first.data[0]?.id ?? '')
    expect((await inbox(ctx, { unread: 'true' })).meta.total).toBe(2)
    await expect(inbox(ctx, { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('keeps what has to be acknowledged until it is, and audits that once', async () => {
    const ctx = await someone()
    const { id } = await onlyOne(ctx, { kind: 'retirement', needsAcknowledgement: true })
    await tell(ctx)
    await expect(completeNotification(ctx, id)).rejects.toMatchObject({ code: 'conflict' })
    const { ids } = await completeAllNotifications(ctx, {})
    expect(ids).toHaveLength(1)
    expect(await countNotifications(ctx)).toMatchObject({ kinds: { retirement: 1 } })
    expect(await acknowledgeNotification(ctx, id)).toMatchObject({ state: 'done' })
    const again = await acknowledgeNotification(ctx, id)
    expect(again.acknowledged_at).not.toBeNull()
    const rows = await db()
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.actorId, ctx.actor.id), eq(auditLog.resourceName, group)))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ reason: 'Acknowledged: Version 2 is served.', verdict: 'allow' })
    await expect(acknowledgeNotification(ctx, ids[0] ?? '')).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is emptied and taken back as a whole, by kind too', async () => {
    const ctx = await someone()
    await tell(ctx)
    await tell(ctx, { kind: 'mention' })
    const { ids } = await completeAllNotifications(ctx, { kinds: ['mention'] })
    expect(ids).toHaveLength(1)
    expect((await inbox(ctx)).data).toMatchObject([{ kind: 'change' }])
    expect(await reopenNotifications(administrator, { ids })).toEqual({ ids: [] })
    expect(await reopenNotifications(ctx, { ids })).toEqual({ ids })
    expect((await inbox(ctx)).meta.total).toBe(2)
  })

  it('shows nothing of an asset that its reader may not know of, in no count either', async () => {
    const ctx = await someone()
    const { id } = await onlyOne(ctx, { needsAcknowledgement: true })
    await db()
      .update(catalogDocuments)
      .set({ classification: 'restricted' })
      .where(and(eq(catalogDocuments.kind, 'group'), eq(catalogDocuments.name, group)))
    try {
      expect(await inbox(ctx)).toMatchObject({ data: [], meta: { total: 0, unread: 0 } })
      expect(await countNotifications(ctx)).toEqual({ open: 0, unread: 0, kinds: {} })
      for (const act of [readNotification, completeNotification, acknowledgeNotification])
        await expect(act(ctx, id)).rejects.toMatchObject({ code: 'not_found' })
      await expect(getFollow(ctx, { kind: 'group', name: group })).rejects.toMatchObject({
        code: 'not_found',
      })
      expect((await listFollows(ctx, { limit: 10 })).meta.total).toBe(0)
      expect((await completeAllNotifications(ctx, {})).ids).toEqual([])
    } finally {
      await db()
        .update(catalogDocuments)
        .set({ classification: 'internal' })
        .where(and(eq(catalogDocuments.kind, 'group'), eq(catalogDocuments.name, group)))
    }
    expect((await inbox(ctx)).meta.total).toBe(1)
  })

  it('leaves out what somebody turned off, but not the kinds that stay on', async () => {
    const ctx = await someone()
    const { data } = await setPreference(ctx, 'change', { on: false })
    expect(data.find(({ kind }) => kind === 'change')).toMatchObject({ on: false, may_turn_off: true })
    expect(await tell(ctx)).toBe(0)
    await setPreference(ctx, 'change', { on: true })
    expect(await tell(ctx)).toBe(1)
    await expect(setPreference(ctx, 'retirement', { on: false })).rejects.toMatchObject({ code: 'invalid' })
    const stay = (await listPreferences(ctx)).data.filter((one) => !one.may_turn_off)
    expect(stay.map(({ kind }) => kind)).toEqual(['sunset', 'retirement', 'ownership'])
  })
})

describe('following', () => {
  it('is asked for by readers, comes by itself to the owner team, and ends for both', async () => {
    const ctx = await someone()
    const asset = { kind: 'group' as const, name: group }
    expect(await getFollow(ctx, asset)).toMatchObject({ following: false, automatic: false, followers: 1 })
    expect(await followAsset(ctx, asset)).toMatchObject({ following: true, followers: 2 })
    expect(await getFollow(owner, asset)).toMatchObject({ following: true, automatic: true })
    expect((await listFollows(ctx, { limit: 10 })).data).toMatchObject([{ asset, automatic: false }])
    const named = async (who: Context) =>
      (await listFollows(who, { limit: 10 })).data.filter((one) => one.asset.kind === 'group')
    expect(await named(owner)).toMatchObject([{ asset, automatic: true }])
    expect(await unfollowAsset(owner, asset)).toMatchObject({ following: false, followers: 1 })
    expect(await named(owner)).toEqual([])
    expect(await unfollowAsset(ctx, asset)).toMatchObject({ following: false, followers: 0 })
    await followAsset(owner, asset)
    await followAsset(ctx, asset)
    const { features } = await getFeatureGroup(owner, group)
    await addVersion(administrator, group, {
      features: features.map(({ name, type, description }) => ({
        name,
        type,
        description: `${description} In UTC.`,
      })),
      reason: 'Zones are said.',
    })
    expect((await inbox(ctx)).data).toMatchObject([
      { kind: 'change', asset, body: 'Zones are said.', title: expect.stringContaining('revision 2') },
    ])
    await expect(followAsset(ctx, { kind: 'group', name: mintName('none') })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
