import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, featureGroups, notifications, people } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { systemContext } from '@/lib/identity'
import * as registry from '@/lib/registry'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { countReads } from '@/lib/usage'
import { archiveByPolicy, previewArchiving, retirementDay, runArchiving } from '.'

let team: TestTeam
let owner: Context
let reviewer: Context
const nowMs = Date.parse('2026-09-01T00:00:00Z')
const dayMs = 86_400_000
const ago = (days: number, ms = 0) => new Date(nowMs - days * dayMs + ms)
const on = (ctx: Context, at: Date): Context => ({ ...ctx, now: () => at })
const now = (ctx: Context) => on(ctx, new Date(nowMs))
beforeAll(async () => {
  team = await mintTeam()
  owner = contextOf(['producer'], team)
  reviewer = contextOf(['reviewer'])
})

/** A group whose second version is active since so many days. */
async function twoVersions(successorSince: Date): Promise<string> {
  const born = on(owner, ago(300))
  const { name, features } = groupBody()
  const body = groupBody({ name, features })
  await registry.registerFeatureGroup(born, { ...body, owner_team: team.name })
  await registry.addVersion(born, name, { features: features.slice(0, 1) })
  await registry.submitVersion(born, name, 2, {})
  await registry.approveVersion(on(reviewer, successorSince), name, 2, {})
  await registry.promoteVersion(on(owner, successorSince), name, 2, {})
  return name
}
const read = (group: string, at: Date, version = 1) =>
  countReads(
    contextOf(['consumer']).actor,
    'online',
    [{ groupName: group, version, feature: 'num_logins', environment: 'prod' }],
    1,
    at.getTime(),
  )
const judged = async (group: string, days: object = { unread_days: 90, successor_days: 30 }) => {
  const preview = await previewArchiving(now(owner), days)
  const of = (list: typeof preview.stays) => list.find((one) => one.group === group && one.version === 1)
  return { goes: of(preview.would_archive)?.because, stays: of(preview.stays)?.because }
}
const silent = async () => {}

describe('the archive policy', () => {
  it('takes what was not read for N days and whose successor is active for M, to the millisecond', async () => {
    const ripe = await twoVersions(ago(30))
    expect((await judged(ripe)).goes).toContain(`${ripe}@2 is active since`)
    const young = await twoVersions(ago(30, 1))
    expect((await judged(young)).stays).toContain('is active since')
    read(ripe, ago(90))
    expect((await judged(ripe)).goes).toContain('Not read since')
    read(ripe, ago(90, 60_000))
    expect((await judged(ripe)).stays).toContain('It was read on')
    expect((await judged(ripe, { unread_days: 89, successor_days: 30 })).goes).toBeDefined()
  })

  it('says why the others stay: no successor, what is built on it', async () => {
    const born = on(owner, ago(300))
    const alone = await registry.registerFeatureGroup(born, groupBody({ owner_team: team.name }))
    expect((await judged(alone.name)).stays).toBe('No successor is active.')
    const used = await twoVersions(ago(100))
    const service = mintName('service')
    await registry.registerFeatureService(born, {
      name: service,
      features: [`${used}@1:num_logins`],
      owner_team: team.name,
    })
    expect((await judged(used)).stays).toContain(service)
  })

  it('tells nobody of what they may not know', async () => {
    const group = await twoVersions(ago(100))
    await db()
      .update(featureGroups)
      .set({ classification: 'restricted' })
      .where(eq(featureGroups.name, group))
    const told = await previewArchiving(now(contextOf(['viewer'])))
    expect(JSON.stringify(told)).not.toContain(group)
    expect(JSON.stringify(await previewArchiving(now(owner)))).toContain(group)
  })

  it('archives exactly that as its own act, only where it is switched on, and it comes back', async () => {
    const group = await twoVersions(ago(100))
    const ctx = systemContext({ now: () => new Date(nowMs) })
    expect(await retirementDay(ctx, silent)).toMatchObject({ archived: [], failed: [] })
    const { would_archive: listed } = await previewArchiving(ctx)
    const { archived } = await archiveByPolicy(ctx, silent)
    expect(archived).toEqual(listed.map((one) => `${one.group}@${one.version}`))
    expect(archived).toContain(`${group}@1`)
    const [act] = await db()
      .select()
      .from(auditLog)
      .where(eq(auditLog.resourceName, `${group}@1`))
      .orderBy(auditLog.time)
      .then((rows) => rows.filter(({ reason }) => reason?.startsWith('Archived')))
    expect(act).toMatchObject({ actorId: 'system', reason: expect.stringContaining('By the archive policy') })
    expect(await archiveByPolicy(ctx, silent)).toMatchObject({ archived: [] })
    expect(await registry.restoreVersion(now(owner), group, 1, { reason: 'Wanted.' })).toMatchObject({
      state: 'active',
    })
  })

  it('is run by hand by who may manage settings, with the word', async () => {
    const run = (ctx: Context, body: object) => runArchiving(now(ctx), body)
    const word = { confirm: 'archive', reason: 'Before the audit.' }
    await expect(run(owner, word)).rejects.toMatchObject({ code: 'forbidden' })
    const administrator = contextOf(['administrator'])
    await expect(run(administrator, { reason: 'x' })).rejects.toMatchObject({ code: 'invalid' })
    expect((await run(administrator, word)).job).toBeTruthy()
  })
})

describe('reminders of a sunset', () => {
  it('come at each step once, from the step on and until the sunset', async () => {
    const group = (
      await registry.registerFeatureGroup(on(owner, ago(300)), groupBody({ owner_team: team.name }))
    ).name
    const reader = contextOf(['consumer'])
    const { id, name } = reader.actor
    await db()
      .insert(people)
      .values({ id, name, email: `${id}@example.test` })
    const sunset = new Date(nowMs + 40 * dayMs)
    countReads(
      reader.actor,
      'online',
      [{ groupName: group, version: 1, feature: 'num_logins', environment: 'prod' }],
      1,
      nowMs - dayMs,
    )
    await registry.deprecateVersion(now(owner), group, 1, { reason: 'Old.', sunset_at: sunset.toISOString() })
    const reminders = async (at: Date) => {
      await registry.remindOfSunsets(systemContext({ now: () => at }), [30, 7])
      const rows = await db().select().from(notifications).where(eq(notifications.personId, id))
      return rows.filter(({ kind }) => kind === 'sunset').length
    }
    const daysTo = (days: number, ms = 0) => new Date(sunset.getTime() - days * dayMs + ms)
    expect(await reminders(daysTo(30, -1))).toBe(0)
    expect(await reminders(daysTo(30))).toBe(1)
    expect(await reminders(daysTo(8))).toBe(1)
    expect(await reminders(daysTo(7))).toBe(2)
    expect(await reminders(daysTo(0))).toBe(2)
  })
})
