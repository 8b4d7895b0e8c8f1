import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, catalogDocuments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { testActor, testContext } from '@/lib/identity/testing'
import { followAsset, listNotifications } from '@/lib/notify'
import { listNotificationsQuery } from '@/lib/notify/operations'
import { registerFeatureGroup } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import { announce, dismissAnnouncement, listAnnouncements, withdrawAnnouncement } from '.'

let owner: Context
let reader: Context
let administrator: Context
let asset: { kind: 'group'; name: string }

beforeAll(async () => {
  const team = mintName('team')
  owner = testContext(await testActor({ role: 'producer', team, name: 'Ada' }))
  reader = testContext(await testActor({ role: 'viewer', name: 'Rea' }))
  administrator = testContext(await testActor({ role: 'administrator', name: 'Root' }))
  asset = { kind: 'group', name: (await registerFeatureGroup(owner, groupBody({ owner_team: team }))).name }
})

const late = { title: 'Late on Monday', body: 'The feed moves.', tone: 'warn' }
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const titles = async (ctx: Context, query: object = asset) =>
  (await listAnnouncements(ctx, query)).data.filter(({ dismissed }) => !dismissed).map(({ title }) => title)
const told = async (ctx: Context) =>
  (await listNotifications(ctx, listNotificationsQuery.parse({ kind: 'announcement' }))).data

describe('an announcement', () => {
  it('is made by the owner, told to followers, put away by each for themselves', async () => {
    await expect(announce(reader, { asset, ...late })).rejects.toMatchObject({ code: 'forbidden' })
    await followAsset(reader, asset)
    const { id } = await announce(owner, { asset, ...late })
    expect(await titles(reader)).toEqual(['Late on Monday'])
    expect(await told(reader)).toMatchObject([{ asset, title: 'Late on Monday', actor: 'Ada' }])
    await dismissAnnouncement(reader, id)
    expect(await titles(reader)).toEqual([])
    expect(await titles(owner)).toEqual(['Late on Monday'])
    await expect(withdrawAnnouncement(reader, id)).rejects.toMatchObject({ code: 'forbidden' })
    await withdrawAnnouncement(owner, id)
    expect(await titles(owner)).toEqual([])
    await expect(withdrawAnnouncement(owner, id)).rejects.toMatchObject({ code: 'not_found' })
    const rows = await db().select().from(auditLog).where(eq(auditLog.resourceName, asset.name))
    expect(rows.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['Announced: Late on Monday', 'Announcement withdrawn: Late on Monday']),
    )
  })

  it('stands from and until its instants', async () => {
    await announce(owner, { asset, ...late, title: 'Soon', from: inHours(1), until: inHours(2) })
    expect(await titles(reader)).toEqual([])
    expect(await titles(reader, { ...asset, upcoming: 'true' })).toEqual(['Soon'])
    const at = (hours: number) => ({ ...reader, now: () => new Date(inHours(hours)) })
    expect(await titles(at(1.5))).toEqual(['Soon'])
    expect(await titles(at(2.5))).toEqual([])
    for (const until of [inHours(-1), inHours(0.5)])
      await expect(announce(owner, { asset, ...late, from: inHours(1), until })).rejects.toMatchObject({
        code: 'invalid',
      })
  })

  it('to the whole portal is an administrator’s, and everybody’s to read', async () => {
    await expect(announce(owner, late)).rejects.toMatchObject({ code: 'forbidden' })
    const title = mintName('portal')
    const { id } = await announce(administrator, { ...late, title })
    expect(await titles(reader, {})).toContain(title)
    expect((await told(reader))[0]).toMatchObject({ title, asset: { kind: 'portal', name: '' } })
    await withdrawAnnouncement(administrator, id)
  })

  it('is not there for who may not know of the asset', async () => {
    const { id } = await announce(owner, { asset, ...late })
    const own = and(eq(catalogDocuments.kind, 'group'), eq(catalogDocuments.name, asset.name))
    await db().update(catalogDocuments).set({ classification: 'restricted' }).where(own)
    await expect(listAnnouncements(reader, asset)).rejects.toMatchObject({ code: 'not_found' })
    for (const act of [dismissAnnouncement, withdrawAnnouncement])
      await expect(act(reader, id)).rejects.toMatchObject({ code: 'not_found' })
    expect((await told(reader)).map((one) => one.asset.name)).not.toContain(asset.name)
  })
})
