import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { featureGroups, featureServices, people, sources, teamMembers } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import * as registry from '@/lib/registry'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { countReads } from '@/lib/usage'
import { listOrphans, listUnused, orphansCsv, retirementFigures, unusedCsv } from '.'
import { orphansQuery, unusedQuery } from './operations'

let team: TestTeam
let owner: Context
const nowMs = Date.parse('2026-09-01T00:00:00Z')
const dayMs = 86_400_000
const ago = (days: number, ms = 0) => new Date(nowMs - days * dayMs + ms)
const on = (ctx: Context, at: Date): Context => ({ ...ctx, now: () => at })
beforeAll(async () => {
  team = await mintTeam()
  owner = on(contextOf(['producer'], team), new Date(nowMs))
})

async function register(bornMs: Date, more: Record<string, unknown> = {}): Promise<string> {
  const { name } = await registry.registerFeatureGroup(
    on(owner, bornMs),
    groupBody({ owner_team: team.name, ...more }),
  )
  await db()
    .update(featureGroups)
    .set({ createdAt: bornMs.toISOString() })
    .where(eq(featureGroups.name, name))
  return name
}
const read = (group: string, at: Date, feature = 'num_logins') =>
  countReads(
    contextOf(['consumer']).actor,
    'online',
    [{ groupName: group, version: 1, feature, environment: 'prod' }],
    1,
    at.getTime(),
  )
const unused = async (query: object, ctx = owner) =>
  (await listUnused(ctx, unusedQuery.parse({ limit: 200, team: team.name, ...query }))).data
const names = async (query: object, ctx = owner) => (await unused(query, ctx)).map(({ name }) => name)

async function textOf(parts: AsyncGenerator<string>): Promise<string> {
  let text = ''
  for await (const part of parts) text += part
  return text
}

describe('what nobody reads', () => {
  it('is what is there for N days and was not read within them, to the minute of a read', async () => {
    const old = await register(ago(90))
    const young = await register(ago(90, 1))
    const readThen = await register(ago(200))
    read(readThen, ago(90))
    const readSince = await register(ago(200))
    read(readSince, ago(90, 60_000))
    const found = await names({})
    expect(found).toEqual(expect.arrayContaining([old, readThen]))
    expect(found).not.toContain(young)
    expect(found).not.toContain(readSince)
    const never = await names({ which: 'never' })
    expect(never).toContain(old)
    expect(never).not.toContain(readThen)
    const [line] = await unused({ q: readThen })
    expect(line).toMatchObject({ version: 1, idle_days: 90, last_read: ago(90).toISOString() })
    expect(await names({ kind: 'feature', q: readSince })).toEqual([`${readSince}:avg_session_duration`])
  })

  it('counts a feature from the revision that brought it, not from the group', async () => {
    const group = await register(ago(400))
    const { features } = await registry.getFeatureGroup(owner, group)
    await registry.addVersion(on(owner, ago(10)), group, {
      features: [
        ...features.map(({ name, type, description, contract }) => ({ name, type, description, contract })),
        { name: 'clicks', type: 'int64', description: 'Clicks of the day.' },
      ],
    })
    expect(await names({ kind: 'feature', q: group })).not.toContain(`${group}:clicks`)
    expect(await names({ kind: 'feature', q: group, days: 10 })).toContain(`${group}:clicks`)
  })

  it('leaves out what is archived, what the portal itself read, and what the asker may not know', async () => {
    const gone = await register(ago(100))
    await registry.archiveVersion(owner, gone, 1, { reason: 'Old.' })
    expect(await names({ q: gone })).toEqual([])
    const hidden = await register(ago(100))
    const system = { kind: 'system' as const, id: 'system', name: 'Almanac', roles: [], teams: [] }
    const target = { groupName: hidden, version: 1, feature: 'num_logins', environment: 'prod' }
    countReads(system, 'online', [target], 1, nowMs)
    expect(await names({ q: hidden })).toEqual([hidden])
    const administrator = contextOf(['administrator'])
    await registry.updateFeatureGroup(administrator, hidden, { classification: 'restricted' }, '*')
    expect(await names({ q: hidden }, on(contextOf(['viewer']), new Date(nowMs)))).toEqual([])
  })

  it('knows services by reads of their name, and its figures are the lengths of its lists', async () => {
    const group = await register(ago(100))
    const name = mintName('service')
    const features = [`${group}:num_logins`]
    await registry.registerFeatureService(owner, { name, features, owner_team: team.name })
    await db()
      .update(featureServices)
      .set({ createdAt: ago(100).toISOString() })
      .where(eq(featureServices.name, name))
    expect(await names({ kind: 'service' })).toEqual([name])
    const figures = await retirementFigures(owner, { days: 90, cadences: 10 })
    for (const kind of ['group', 'feature', 'service'] as const)
      for (const which of ['unread', 'never'] as const) {
        const { meta } = await listUnused(owner, unusedQuery.parse({ kind, which, limit: 1 }))
        expect(figures[kind][which]).toBe(meta.total)
      }
    read(`service/${name}`, new Date(nowMs), '')
    expect(await names({ kind: 'service' })).toEqual([])
    const csv = await textOf(await unusedCsv(owner, unusedQuery.parse({ q: group })))
    expect(csv).toContain(`group,${group},1,${team.name},active,`)
  })
})

describe('what nobody looks after', () => {
  const reasons = async (group: string, query: object = {}) =>
    (await listOrphans(owner, orphansQuery.parse({ limit: 200, team: team.name, ...query }))).data
      .filter((one) => one.group === group)
      .flatMap((one) => one.reasons.map(({ reason }) => reason))

  it('has no member who can sign in', async () => {
    const group = await register(ago(1))
    expect(await reasons(group)).toEqual(['no_owner'])
    const id = mintName('person')
    await db()
      .insert(people)
      .values({ id, name: id, email: `${id}@example.test` })
    await db().insert(teamMembers).values({ teamId: team.id, principalId: id, membership: 'member' })
    expect(await reasons(group)).toEqual([])
    await db()
      .update(people)
      .set({ disabledAt: ago(0).toISOString() })
      .where(eq(people.id, id))
    expect(await reasons(group)).toEqual(['no_owner'])
    await db().update(people).set({ disabledAt: null }).where(eq(people.id, id))
  })

  it('has lost its source, or gets no rows for N times its interval and more', async () => {
    const source = mintName('source')
    await registry.registerSource(owner, { name: source, kind: 'table', owner_team: team.name })
    const group = await register(ago(5), { source })
    expect(await reasons(group)).toEqual([])
    await db().delete(sources).where(eq(sources.name, source))
    expect(await reasons(group)).toEqual(['source_gone'])
    const onTime = await register(ago(10), { cadence: 'P1D' })
    expect(await reasons(onTime)).toEqual([])
    const late = await register(ago(10, -1), { cadence: 'P1D' })
    expect(await reasons(late)).toEqual(['no_rows'])
    expect(await reasons(late, { cadences: 11 })).toEqual([])
    expect(await reasons(late, { reason: 'source_gone' })).toEqual([])
    const csv = await textOf(await orphansCsv(owner, orphansQuery.parse({ team: team.name })))
    expect(csv).toContain(`${late},1,${team.name},no_rows,`)
  })
})
