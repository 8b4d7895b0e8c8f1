import { and, desc, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, catalogDocuments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { disablePerson, systemContext } from '@/lib/identity'
import { testActor, testContext } from '@/lib/identity/testing'
import { listNotifications } from '@/lib/notify'
import { listNotificationsQuery } from '@/lib/notify/operations'
import { getFeatureGroup, registerFeatureGroup, updateFeatureGroup } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import {
  acceptTransfer,
  declineTransfer,
  listDeserted,
  listTransfers,
  proposeTransfer,
  withdrawTransfer,
} from '.'
import { listTransfersQuery } from './operations'

let giving: string
let taking: string
let owner: Context
let taker: Context
let helper: Context
let stranger: Context
let administrator: Context

beforeAll(async () => {
  giving = mintName('giving')
  taking = mintName('taking')
  owner = testContext(
    await testActor({ role: 'producer', team: giving, membership: 'maintainer', name: 'Ada' }),
  )
  taker = testContext(
    await testActor({ role: 'viewer', team: taking, membership: 'maintainer', name: 'Tom' }),
  )
  helper = testContext(await testActor({ role: 'producer', team: taking, name: 'Hal' }))
  stranger = testContext(await testActor({ role: 'producer', team: mintName('other'), name: 'Sam' }))
  administrator = testContext(await testActor({ role: 'administrator', name: 'Root' }))
})

const register = async (over: Record<string, unknown> = {}) =>
  (await registerFeatureGroup(owner, groupBody({ owner_team: giving, ...over }))).name

const offer = (name: string, over: Record<string, unknown> = {}, ctx = owner) =>
  proposeTransfer(ctx, {
    assets: [{ kind: 'group', name }],
    to_team: taking,
    reason: 'They run it since May.',
    ...over,
  })

const list = async (ctx: Context) => (await listTransfers(ctx, listTransfersQuery.parse({ limit: 200 }))).data

const teamInCatalogue = async (name: string) =>
  (await db().select().from(catalogDocuments).where(eq(catalogDocuments.groupName, name))).map(
    ({ team }) => team,
  )

describe('a transfer of ownership', () => {
  it('moves nothing until the receiving team’s maintainer takes it, then all of it', async () => {
    const name = await register()
    const { id, ...rest } = await offer(name)
    expect(rest).toMatchObject({
      from_team: giving,
      to_team: taking,
      state: 'proposed',
      assets: [{ kind: 'group', name }],
      acts: { decide: { allowed: false }, withdraw: { allowed: true } },
    })
    expect((await getFeatureGroup(owner, name)).owner_team).toBe(giving)
    for (const ctx of [owner, helper, stranger])
      await expect(acceptTransfer(ctx, id, {})).rejects.toMatchObject({
        code: ctx === stranger ? 'not_found' : 'forbidden',
      })
    expect(await acceptTransfer(taker, id, {})).toMatchObject({
      state: 'accepted',
      decided_by: 'Tom',
      acts: null,
    })
    expect((await getFeatureGroup(owner, name)).owner_team).toBe(taking)
    expect(new Set(await teamInCatalogue(name))).toEqual(new Set([taking]))
    await expect(updateFeatureGroup(owner, name, { description: 'Mine.' }, '*')).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect((await updateFeatureGroup(helper, name, { description: 'Ours now.' }, '*')).description).toBe(
      'Ours now.',
    )
    const [row] = await db()
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.resourceName, name), eq(auditLog.actorId, taker.actor.id)))
      .orderBy(desc(auditLog.time))
    expect(row).toMatchObject({
      before: { owner_team: giving },
      after: { owner_team: taking, transfer: id },
      reason: `Handed to team ${taking}: They run it since May.`,
    })
    await expect(acceptTransfer(taker, id, {})).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is told to who decides, and what came of it to who proposed', async () => {
    const name = await register()
    const { id } = await offer(name)
    const inbox = async (ctx: Context) =>
      (await listNotifications(ctx, listNotificationsQuery.parse({ kind: 'ownership' }))).data
    expect((await inbox(taker))[0]).toMatchObject({ actor: 'Ada', body: 'They run it since May.' })
    expect((await inbox(helper)).filter(({ asset }) => asset.kind === 'team')).toEqual([])
    await declineTransfer(taker, id, { reason: 'No hands for it.' })
    expect((await inbox(owner))[0]).toMatchObject({ actor: 'Tom', body: 'No hands for it.' })
    expect((await getFeatureGroup(owner, name)).owner_team).toBe(giving)
  })

  it('holds all that a team owns, and is withdrawn by who offered it', async () => {
    const ending = mintName('ending')
    const ender = testContext(
      await testActor({ role: 'producer', team: ending, membership: 'maintainer', name: 'Eva' }),
    )
    const { name, entity } = await registerFeatureGroup(ender, groupBody({ owner_team: ending }))
    const everything = { from_team: ending, everything: true, to_team: taking, reason: 'The team ends.' }
    for (const ctx of [helper, stranger])
      await expect(proposeTransfer(ctx, everything)).rejects.toMatchObject({ code: 'forbidden' })
    const { id, assets } = await proposeTransfer(ender, everything)
    expect(assets).toContainEqual({ kind: 'group', name })
    expect(assets).toContainEqual({ kind: 'entity', name: entity })
    await expect(offer(name, {}, ender)).rejects.toMatchObject({ code: 'conflict' })
    await expect(withdrawTransfer(taker, id, {})).rejects.toMatchObject({ code: 'forbidden' })
    expect(await withdrawTransfer(ender, id, {})).toMatchObject({ state: 'withdrawn' })
    expect(await offer(name, {}, ender)).toMatchObject({ state: 'proposed' })
  })

  it('is refused for what the proposer may not change, of two teams, and to the same team', async () => {
    const name = await register()
    await expect(offer(name, {}, stranger)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(offer(name, { to_team: giving })).rejects.toMatchObject({ code: 'invalid' })
    await expect(offer(name, { to_team: mintName('none') })).rejects.toMatchObject({ code: 'invalid' })
    await expect(offer(name, { force: true })).rejects.toMatchObject({ code: 'forbidden' })
    const other = (await registerFeatureGroup(helper, groupBody({ owner_team: taking }))).name
    const both = { assets: [name, other].map((one) => ({ kind: 'group', name: one })) }
    await expect(offer(name, both, administrator)).rejects.toMatchObject({ code: 'invalid' })
    await expect(offer(mintName('none'))).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is all or nothing: what changed hands in between stops it', async () => {
    const [first, second] = [await register(), await register()]
    const { id } = await offer(first, { assets: [first, second].map((name) => ({ kind: 'group', name })) })
    await proposeTransfer(administrator, {
      assets: [{ kind: 'group', name: second }],
      to_team: stranger.actor.teams[0]?.team,
      reason: 'Urgent.',
      force: true,
    }).catch((error: unknown) => expect(error).toMatchObject({ code: 'conflict' }))
    await updateFeatureGroup(administrator, second, { owner_team: stranger.actor.teams[0]?.team }, '*')
    await expect(acceptTransfer(taker, id, {})).rejects.toMatchObject({ code: 'conflict' })
    expect((await getFeatureGroup(owner, first)).owner_team).toBe(giving)
  })

  it('is forced by an administrator, with the reason in the log', async () => {
    const name = await register()
    expect(await offer(name, { force: true, reason: 'The team is gone.' }, administrator)).toMatchObject({
      state: 'accepted',
      forced: true,
      decided_by: 'Root',
    })
    expect((await getFeatureGroup(owner, name)).owner_team).toBe(taking)
  })

  it('shows no asset that its reader may not know of', async () => {
    const name = await register()
    const { id } = await offer(name)
    await db()
      .update(catalogDocuments)
      .set({ classification: 'restricted' })
      .where(and(eq(catalogDocuments.kind, 'group'), eq(catalogDocuments.name, name)))
    expect((await list(taker)).find((one) => one.id === id)).toMatchObject({ assets: [] })
    expect((await list(owner)).find((one) => one.id === id)?.assets).toHaveLength(1)
    expect((await list(stranger)).find((one) => one.id === id)).toBeUndefined()
    await expect(acceptTransfer(taker, id, {})).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a team that nobody is left in', () => {
  it('is listed with what it owns once its last person is disabled, and told to administrators', async () => {
    const team = mintName('left')
    const last = testContext(await testActor({ role: 'producer', team, name: 'Lea' }))
    const { name, entity } = await registerFeatureGroup(last, groupBody({ owner_team: team }))
    const named = async () => (await listDeserted(administrator)).data.find((one) => one.team === team)
    expect(await named()).toBeUndefined()
    await disablePerson(systemContext(), last.actor.id, { reason: 'Left.' })
    expect((await named())?.owns).toEqual(
      expect.arrayContaining([
        { kind: 'group', name },
        { kind: 'entity', name: entity },
      ]),
    )
    const told = await listNotifications(administrator, listNotificationsQuery.parse({ limit: 200 }))
    expect(told.data.map(({ title }) => title)).toContain(`Nobody is left in team \`${team}\``)
    await expect(listDeserted(owner)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
