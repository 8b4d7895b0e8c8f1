import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { catalogDocuments, follows, notificationMutes, notifications, people, teams } from '@/db/schema'
import { newId } from '@/lib/core/ids'
import { testActor, testContext } from '@/lib/identity/testing'
import { type Notice, notify } from '.'

const mint = () => `asset_${newId().slice(-12)}`

const noticeOf = (name: string, over: Partial<Notice> = {}): Notice => ({
  kind: 'change',
  to: {},
  asset: { kind: 'group', name },
  title: 'A new revision.',
  href: `/groups/${name}`,
  ...over,
})

async function ownedGroup(team: string) {
  const name = mint()
  const [row] = await db().select().from(teams).where(eq(teams.name, team))
  if (!row) throw new Error(`There is no team ${team}.`)
  await db().insert(catalogDocuments).values({
    kind: 'group',
    name,
    shortName: name,
    description: '',
    words: name,
    team,
    teamId: row.id,
    tags: [],
    classification: 'internal',
    lifecycle: 'active',
    updatedAt: new Date().toISOString(),
    search: '',
  })
  return { name, teamId: row.id }
}

const toldOf = async (name: string) =>
  (await db().select().from(notifications).where(eq(notifications.assetName, name)))
    .map(({ personId }) => personId)
    .sort()

describe('notify', () => {
  it('tells people and members of teams once each, and never who acts', async () => {
    const team = mint()
    const ada = await testActor({ role: 'producer', team })
    const ben = await testActor({ role: 'producer', team })
    const cleo = await testActor({ role: 'viewer' })
    const { name, teamId } = await ownedGroup(team)
    const notice = noticeOf(name, { to: { people: [ada.id, ben.id, cleo.id], teams: [teamId] } })
    expect(await notify(db(), testContext(ada), notice)).toBe(2)
    expect(await toldOf(name)).toEqual([ben.id, cleo.id].sort())
  })

  it('tells followers and the owner team, but not who said no', async () => {
    const team = mint()
    const ada = await testActor({ role: 'producer', team })
    const ben = await testActor({ role: 'producer', team })
    const cleo = await testActor({ role: 'viewer' })
    const dora = await testActor({ role: 'viewer' })
    const finn = await testActor({ role: 'viewer' })
    const { name } = await ownedGroup(team)
    await db()
      .insert(follows)
      .values([
        { personId: cleo.id, assetKind: 'group', assetName: name },
        { personId: dora.id, assetKind: 'feature', assetName: `${name}:delay` },
        { personId: finn.id, assetKind: 'feature', assetName: `${name}2:delay` },
        { personId: ben.id, assetKind: 'group', assetName: name, muted: true },
      ])
    const actor = testContext(await testActor({ role: 'administrator' }))
    expect(await notify(db(), actor, noticeOf(name, { to: { followers: true } }))).toBe(3)
    expect(await toldOf(name)).toEqual([ada.id, cleo.id, dora.id].sort())
  })

  it('leaves out a kind that was turned off, unless it has to be acknowledged or may not be', async () => {
    const cleo = await testActor({ role: 'viewer' })
    const actor = testContext(await testActor({ role: 'administrator' }))
    await db()
      .insert(notificationMutes)
      .values([
        { personId: cleo.id, kind: 'change' },
        { personId: cleo.id, kind: 'retirement' },
      ])
    const to = { people: [cleo.id] }
    expect(await notify(db(), actor, noticeOf(mint(), { to }))).toBe(0)
    expect(await notify(db(), actor, noticeOf(mint(), { to, needsAcknowledgement: true }))).toBe(1)
    expect(await notify(db(), actor, noticeOf(mint(), { to, kind: 'retirement' }))).toBe(1)
    expect(await notify(db(), actor, noticeOf(mint(), { to, kind: 'mention' }))).toBe(1)
  })

  it('gives a person one notice of a name, and new people theirs', async () => {
    const cleo = await testActor({ role: 'viewer' })
    const dora = await testActor({ role: 'viewer' })
    const actor = testContext(await testActor({ role: 'administrator' }))
    const name = mint()
    const once = `sunset:${name}`
    expect(await notify(db(), actor, noticeOf(name, { to: { people: [cleo.id] }, once }))).toBe(1)
    expect(await notify(db(), actor, noticeOf(name, { to: { people: [cleo.id, dora.id] }, once }))).toBe(1)
    expect(await toldOf(name)).toEqual([cleo.id, dora.id].sort())
  })

  it('tells nobody who was disabled, and nobody at all without an address', async () => {
    const cleo = await testActor({ role: 'viewer' })
    await db().update(people).set({ disabledAt: new Date().toISOString() }).where(eq(people.id, cleo.id))
    const actor = testContext(await testActor({ role: 'administrator' }))
    expect(await notify(db(), actor, noticeOf(mint(), { to: { people: [cleo.id] } }))).toBe(0)
    expect(await notify(db(), actor, noticeOf(mint()))).toBe(0)
    expect(await notify(db(), actor, noticeOf(mint(), { to: { people: [], teams: [] } }))).toBe(0)
  })
})
