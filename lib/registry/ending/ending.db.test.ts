import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { apiKeys, auditLog, notifications, organisationSettings, people, teamMembers } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { acknowledgeNotification, listNotifications } from '@/lib/notify'
import { countReads } from '@/lib/usage'
import * as registry from '..'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from '../testing'

let team: TestTeam
let growth: TestTeam
const startMs = Date.parse('2026-06-01T00:00:00Z')
const dayMs = 86_400_000
const at = (days: number, milliseconds = 0) => new Date(startMs + days * dayMs + milliseconds)
const on = (ctx: Context, days: number, milliseconds = 0): Context => ({
  ...ctx,
  now: () => at(days, milliseconds),
})
let owner: Context

async function mintPerson(memberOf: TestTeam | null, roles: Parameters<typeof contextOf>[0]) {
  const ctx = on(contextOf(roles, memberOf), 0)
  const { id, name } = ctx.actor
  await db()
    .insert(people)
    .values({ id, name, email: `${id}@example.test` })
  if (memberOf)
    await db().insert(teamMembers).values({ teamId: memberOf.id, principalId: id, membership: 'member' })
  return ctx
}

/** A key of somebody, as it acts. */
async function mintKey(person: Context): Promise<Context> {
  const { id, name } = person.actor
  const key = { id: newId(), name: mintName('trainer') }
  await db()
    .insert(apiKeys)
    .values({ ...key, prefix: 'alm_x', secretHash: newId(), ownerKind: 'person', ownerId: id })
  const actor: Context['actor'] = {
    kind: 'apiKey',
    id,
    name,
    roles: person.actor.roles,
    teams: [],
    keyId: key.id,
    keyName: key.name,
    scopes: [],
    environments: [],
    groups: [],
    expiresAt: null,
  }
  return { ...person, actor }
}
const keyIdOf = ({ actor }: Context) => (actor.kind === 'apiKey' ? actor.keyId : '')

beforeAll(async () => {
  team = await mintTeam()
  growth = await mintTeam()
  owner = await mintPerson(team, ['producer'])
})

const register = async (more: Record<string, unknown> = {}) =>
  (await registry.registerFeatureGroup(owner, groupBody({ owner_team: team.name, ...more }))).name
const deprecate = (group: string, sunset: string | null = at(10).toISOString()) =>
  registry.deprecateVersion(owner, group, 1, { reason: 'Replaced.', sunset_at: sunset })
const read = async (ctx: Context, group: string) => {
  const version = await registry.resolveVersion(ctx, { group })
  registry.assertReadable(ctx, version)
  return registry.deprecationHeaders(ctx, version)
}
const gone = { code: 'gone' }
const call = (ctx: Context, group: string) =>
  countReads(
    ctx.actor,
    'online',
    [{ groupName: group, version: 1, feature: 'num_logins', environment: 'prod' }],
    1,
    ctx.now().getTime(),
  )
const inbox = async (ctx: Context, group: string) => {
  const rows = await db()
    .select()
    .from(notifications)
    .where(and(eq(notifications.personId, ctx.actor.id), eq(notifications.assetName, group)))
    .orderBy(notifications.id)
  return rows
}

describe('grace', () => {
  it('lets one key read past the sunset, until its own end to the millisecond, and nobody else', async () => {
    const group = await register()
    await deprecate(group)
    const person = await mintPerson(null, ['consumer'])
    const [key, other] = [await mintKey(person), await mintKey(person)]
    await read(on(other, 10, -1), group)
    await expect(read(on(other, 10), group)).rejects.toMatchObject(gone)
    const state = await registry.extendGrace(on(owner, 11), group, 1, {
      consumer: { kind: 'key', id: keyIdOf(key) },
      until: at(20).toISOString(),
      reason: 'They retrain.',
    })
    expect(state.graces).toMatchObject([
      { in_force: true, consumer: { kind: 'key' }, reason: 'They retrain.' },
    ])
    expect(await registry.openGraces(on(person, 19), group, 1)).toMatchObject([{ kind: 'key' }])
    const end = (ctx: Context, days: number, milliseconds = 0) =>
      registry.readingEnd(on(ctx, days, milliseconds), group, 1)
    expect(await end(person, 10, -1)).toBeNull()
    const [own, none] = [{ grace: { of: 'key', name: expect.any(String) } }, { grace: null }]
    expect(await end(person, 12)).toMatchObject(own)
    expect(await end(key, 20, -1)).toMatchObject(own)
    expect(await end(key, 20)).toMatchObject(none)
    expect(await end(other, 12)).toMatchObject(none)
    expect(await end(await mintPerson(null, ['consumer']), 12)).toMatchObject(none)
    expect(await registry.openGraces(on(person, 20), group, 1)).toEqual([])
    expect(await read(on(key, 20, -1), group)).toMatchObject({ sunset: at(20).toUTCString() })
    await expect(read(on(key, 20), group)).rejects.toMatchObject(gone)
    await expect(read(on(other, 12), group)).rejects.toMatchObject(gone)
    await expect(read(on(person, 12), group)).rejects.toMatchObject(gone)
    const [audited] = await db()
      .select({ reason: auditLog.reason })
      .from(auditLog)
      .where(and(eq(auditLog.resourceName, `${group}@1`), eq(auditLog.actorId, owner.actor.id)))
      .orderBy(auditLog.time)
      .then((rows) => rows.filter(({ reason }) => reason?.startsWith('Grace for')))
    expect(audited?.reason).toContain('They retrain.')
  })

  it('is withdrawn at once, keeps the version from the archive while it lasts, and ends with the deprecation', async () => {
    const group = await register()
    await deprecate(group)
    const reader = await mintPerson(null, ['consumer'])
    const grace = { consumer: { kind: 'all' }, until: at(30).toISOString(), reason: 'A season more.' }
    const { graces } = await registry.extendGrace(owner, group, 1, grace)
    await read(on(reader, 12), group)
    await expect(registry.archiveVersion(on(owner, 12), group, 1, { reason: 'Old.' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('everybody until'),
    })
    const which = { group, version: 1, grace: graces[0]?.id ?? '' }
    const { graces: after } = await registry.withdrawGrace(on(owner, 13), which, { reason: 'They moved.' })
    expect(after).toMatchObject([{ in_force: false, withdraw_reason: 'They moved.' }])
    await expect(read(on(reader, 13), group)).rejects.toMatchObject(gone)
    await expect(registry.withdrawGrace(on(owner, 13), which, { reason: 'Again.' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await registry.extendGrace(on(owner, 13), group, 1, grace)
    await registry.restoreVersion(on(owner, 14), group, 1, { reason: 'Needed after all.' })
    await registry.deprecateVersion(on(owner, 14), group, 1, {
      reason: 'Now.',
      sunset_at: at(15).toISOString(),
    })
    await expect(read(on(reader, 16), group)).rejects.toMatchObject(gone)
  })

  it('extends something, for somebody who is there', async () => {
    const group = await register()
    const grace = (more: object = {}) =>
      registry.extendGrace(owner, group, 1, {
        consumer: { kind: 'all' },
        until: at(20).toISOString(),
        reason: 'Longer.',
        ...more,
      })
    await expect(grace()).rejects.toMatchObject({ code: 'conflict' })
    await deprecate(group)
    const refused = (pointer: string) => ({ code: 'invalid', details: { errors: [{ pointer }] } })
    await expect(grace({ until: at(10).toISOString() })).rejects.toMatchObject(refused('/until'))
    await expect(grace({ consumer: { kind: 'key', id: 'nobody' } })).rejects.toMatchObject(
      refused('/consumer/id'),
    )
    await grace({ until: at(10, 1).toISOString() })
    await registry.changeDeprecation(owner, { group, version: 1 }, { sunset_at: null }, '*')
    await expect(grace()).rejects.toMatchObject({ message: expect.stringContaining('no sunset date') })
  })

  it('is given by the owner or a reviewer, not by a reader', async () => {
    const group = await register()
    await deprecate(group)
    const grace = { consumer: { kind: 'all' }, until: at(20).toISOString(), reason: 'Longer.' }
    const as = (ctx: Context) => registry.extendGrace(on(ctx, 0), group, 1, grace)
    await expect(as(contextOf(['consumer']))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(as(contextOf(['producer'], growth))).rejects.toMatchObject({ code: 'forbidden' })
    expect((await as(contextOf(['reviewer']))).graces).toHaveLength(1)
  })
})

describe('everybody downstream', () => {
  it('is told, acknowledges, and is reminded once a day until then', async () => {
    const group = await register()
    const ofService = await mintPerson(growth, ['producer'])
    await registry.registerFeatureService(ofService, {
      name: mintName('service'),
      features: [`${group}:num_logins`],
      owner_team: growth.name,
    })
    const reader = await mintPerson(null, ['consumer'])
    const stranger = await mintPerson(null, ['consumer'])
    call(await mintKey(reader), group)
    await deprecate(group)
    for (const told of [ofService, reader])
      expect(await inbox(told, group)).toMatchObject([
        { kind: 'deprecation', needsAcknowledgement: true, title: expect.stringContaining('11 June 2026') },
      ])
    expect(await inbox(stranger, group)).toEqual([])
    expect(await inbox(owner, group)).toEqual([])

    const { data } = await listNotifications(ofService, { state: 'open', limit: 50 })
    const [mine] = data.filter(({ asset }) => asset.name === group)
    await acknowledgeNotification(ofService, mine?.id ?? '')
    const { told } = await registry.getDeprecation(owner, group, 1)
    expect(told.map(({ name, acknowledged_at: when }) => [name, when !== null])).toEqual(
      [
        [ofService.actor.name, true],
        [reader.actor.name, false],
      ].sort(),
    )
    expect(await registry.remindReaders(on(owner, 1), group, 1)).toEqual({ told: 1 })
    expect(await registry.remindReaders(on(owner, 1, 1000), group, 1)).toEqual({ told: 0 })
    expect(await registry.remindReaders(on(owner, 2), group, 1)).toEqual({ told: 1 })
    expect((await inbox(reader, group)).map(({ kind }) => kind)).toEqual(['deprecation', 'sunset', 'sunset'])
  })

  it('who reads on stands there with their reads, and is reminded though they acknowledged', async () => {
    const group = await register()
    const reader = await mintPerson(null, ['consumer'])
    const key = await mintKey(reader)
    call(on(key, -1), group)
    await deprecate(group)
    const [notice] = await inbox(reader, group)
    await acknowledgeNotification(reader, notice?.id ?? '')
    expect((await registry.getDeprecation(on(owner, 1), group, 1)).readers).toMatchObject([
      { still_reads: false, reads: 1 },
    ])
    expect(await registry.remindReaders(on(owner, 1), group, 1)).toEqual({ told: 0 })
    call(on(key, 2), group)
    const state = await registry.getDeprecation(on(owner, 3), group, 1)
    expect(state.readers).toMatchObject([{ still_reads: true, reads: 2, owner: reader.actor.name }])
    expect(state.told).toMatchObject([{ still_reads: true }])
    expect(await registry.remindReaders(on(owner, 3), group, 1)).toEqual({ told: 1 })
  })
})

describe('a change of a deprecation', () => {
  it('holds to what was seen, moves the end, and tells everybody anew', async () => {
    const group = await register()
    const reader = await mintPerson(null, ['consumer'])
    call(reader, group)
    await deprecate(group)
    const which = { group, version: 1 }
    const { etag } = await registry.getDeprecation(owner, group, 1)
    const change = (body: object, ifMatch: string | null = '*') =>
      registry.changeDeprecation(owner, which, body, ifMatch)
    await expect(change({ reason: 'Why.' }, null)).rejects.toMatchObject({ code: 'precondition_required' })
    await change({ sunset_at: at(40).toISOString() }, etag)
    await expect(change({ reason: 'Why.' }, etag)).rejects.toMatchObject({ code: 'precondition_failed' })
    await expect(change({})).rejects.toMatchObject({ code: 'invalid' })
    await expect(change({ sunset_at: at(0).toISOString() })).rejects.toMatchObject({ code: 'invalid' })
    await expect(change({ replacement: group })).rejects.toMatchObject({ code: 'invalid' })
    await read(on(reader, 39), group)
    expect(await inbox(reader, group)).toHaveLength(2)
    await registry.restoreVersion(owner, group, 1, { reason: 'Kept.' })
    await expect(change({ reason: 'Why.' })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('the rule of the organisation', () => {
  const set = (minimum: number, longest: number) =>
    db()
      .insert(organisationSettings)
      .values({
        key: 'registry.endings',
        value: { minimum_notice_days: minimum, longest_grace_days: longest },
        revision: 1,
      })
      .onConflictDoUpdate({
        target: organisationSettings.key,
        set: { value: { minimum_notice_days: minimum, longest_grace_days: longest } },
      })

  it('is none as shipped', async () => {
    const group = await register()
    await registry.deprecateVersion(owner, group, 1, { reason: 'Old.', sunset_at: at(0, 4000).toISOString() })
  })

  it('holds a sunset to its notice, unless it is only moved further away', async () => {
    await set(30, 0)
    const group = await register()
    const deprecateAt = (days: number, milliseconds = 0) =>
      registry.deprecateVersion(owner, group, 1, {
        reason: 'Old.',
        sunset_at: at(days, milliseconds).toISOString(),
      })
    await expect(deprecateAt(30, -1)).rejects.toMatchObject({
      code: 'invalid',
      details: {
        errors: [
          {
            pointer: '/sunset_at',
            code: 'notice_too_short',
            reason: expect.stringMatching(
              /`registry.endings` gives readers 30 days of notice.*2026-07-01T00:00:00/,
            ),
          },
        ],
      },
    })
    await deprecateAt(30)
    const move = (days: number) =>
      registry.changeDeprecation(
        on(owner, 20),
        { group, version: 1 },
        { sunset_at: at(days).toISOString() },
        '*',
      )
    await expect(move(29)).rejects.toMatchObject({ code: 'invalid' })
    expect(await move(31)).toMatchObject({})
    await set(0, 0)
  })

  it('ends a grace so many days after the sunset', async () => {
    const group = await register()
    await deprecate(group)
    await set(0, 5)
    const extend = (days: number) =>
      registry.extendGrace(on(owner, 1), group, 1, {
        consumer: { kind: 'all' },
        until: at(days).toISOString(),
        reason: 'They retrain.',
      })
    await expect(extend(16)).rejects.toMatchObject({
      details: { errors: [{ pointer: '/until', code: 'grace_too_long' }] },
    })
    await extend(15)
    await set(0, 0)
  })
})
