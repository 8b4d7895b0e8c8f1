import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { apiKeys, people, roleAssignments, teamMembers, usageMinutes } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { recordEdge } from '@/lib/edges'
import { countReads } from '@/lib/usage'
import * as registry from '.'
import { modelsOf } from './impact'
import { impactNote, impactQuery } from './operations'
import { classifyFeature, contextOf, groupBody, mintName, mintTeam, type TestTeam } from './testing'

let team: TestTeam
let growth: TestTeam
let owner: Context
beforeAll(async () => {
  team = await mintTeam()
  growth = await mintTeam()
  owner = contextOf(['producer'], team)
})

const register = async (more: Record<string, unknown> = {}) =>
  (await registry.registerFeatureGroup(owner, groupBody(more))).name
const impact = (ctx: Context, group: string, query: object = {}) =>
  registry.impactOf(ctx, group, impactQuery.parse(query))

/** A key of a person in team growth, as it acts. */
async function mintKey(): Promise<{ ctx: Context; name: string; owner: string }> {
  const person = { id: newId(), name: mintName('Ada'), email: `${newId()}@example.test` }
  const key = { id: newId(), name: mintName('trainer'), prefix: 'alm_x', secretHash: newId() }
  await db().insert(people).values(person)
  await db().insert(teamMembers).values({ teamId: growth.id, principalId: person.id, membership: 'member' })
  await db()
    .insert(apiKeys)
    .values({ ...key, ownerKind: 'person', ownerId: person.id })
  const ctx = contextOf(['consumer'], null)
  const actor: Context['actor'] = {
    kind: 'apiKey',
    id: person.id,
    name: person.name,
    roles: [],
    teams: [],
    keyId: key.id,
    keyName: key.name,
    scopes: [],
    environments: [],
    groups: [],
    expiresAt: null,
  }
  return { ctx: { ...ctx, actor }, name: key.name, owner: person.name }
}

const target = (groupName: string, ...features: string[]) =>
  features.map((feature) => ({ groupName, version: 1, feature, environment: 'prod' }))

describe('who reads it', () => {
  it('lists a key that made one direct call a minute ago, before anything was written, with its owner and team', async () => {
    const group = await register()
    const key = await mintKey()
    countReads(key.ctx.actor, 'online', target(group, 'num_logins'), 1, Date.now() - 60_000)
    const told = await impact(owner, group)
    expect(told.consumers).toMatchObject([
      {
        kind: 'key',
        name: key.name,
        reads: 1,
        reads_7d: 1,
        reads_1d: 1,
        owner: key.owner,
        owner_teams: [growth.name],
        features: [{ name: 'num_logins', reads: 1, reads_1d: 1 }],
      },
    ])
    expect(told.owner_teams).toEqual([team.name, growth.name].sort())
    expect(registry.impactCsv(told)).toContain(
      `key,${key.name},,num_logins,${key.owner},${growth.name},1,1,1,`,
    )
    expect((await impact(owner, group, { feature: 'avg_session_duration' })).consumers).toEqual([])
  })

  it('counts 1, 7 and 30 days back to the minute, and nothing before', async () => {
    const group = await register()
    const key = await mintKey()
    const nowMs = Date.parse('2026-06-30T12:00:30Z')
    const minute = (days: number, minutesMore = 0) =>
      new Date(Date.parse('2026-06-30T12:00:00Z') - days * 86_400_000 - minutesMore * 60_000).toISOString()
    const line = (at: string, reads: number) => ({
      minute: at,
      consumerKind: 'key',
      consumerId: key.ctx.actor.kind === 'apiKey' ? key.ctx.actor.keyId : '',
      groupName: group,
      version: 1,
      feature: 'num_logins',
      environment: 'prod',
      side: 'online' as const,
      reads,
      cells: reads,
    })
    const days = [line(minute(1), 1), line(minute(1, 1), 2), line(minute(7), 4), line(minute(7, 1), 8)]
    await db()
      .insert(usageMinutes)
      .values([...days, line(minute(30), 16), line(minute(30, 1), 32)])
    const then = { ...owner, now: () => new Date(nowMs) }
    expect((await impact(then, group)).consumers).toMatchObject([{ reads_1d: 1, reads_7d: 7, reads: 31 }])
  })

  it('names models that lineage knows to be trained on a dataset it names', async () => {
    const dataset = mintName('dataset')
    const model = mintName('model')
    await recordEdge(db(), {
      from: { kind: 'dataset', name: dataset },
      to: { kind: 'model', name: model },
      relation: 'trained',
      author: 'test',
    })
    expect(await modelsOf([{ name: dataset, version: 1 }])).toEqual([model])
  })
})

describe('what the asker may not know', () => {
  it('is in no list and in no count, and everybody is told alike that it may be, whether or not it reads what the asker may not know of', async () => {
    const group = await register({
      features: [
        { name: 'amount', type: 'float64', description: 'Amount.' },
        { name: 'salary', type: 'float64', description: 'Salary.' },
      ],
    })
    const service = (features: string[]) =>
      registry.registerFeatureService(owner, { name: mintName('service'), features, owner_team: team.name })
    await service([`${group}:salary`])
    const both = await service([`${group}:salary`, `${group}:amount`])
    await classifyFeature(group, 'salary', 'restricted')
    // Written anew by any act on the group: services are as strict as their strictest feature.
    await registry.updateFeatureGroup(owner, group, { description: 'Money.' }, '*')
    const outsider = contextOf(['consumer'])
    const told = await impact(outsider, group)
    expect(JSON.stringify(told)).not.toContain(both.name)
    const nothing = await impact(outsider, await register({}))
    // Where there is nothing the answer is the same.
    expect({ ...told, group: '', effect: '' }).toEqual({ ...nothing, group: '', effect: '' })
    expect(registry.impactCsv(told)).toBe(registry.impactCsv(nothing))
    expect(told.note).toBe(impactNote)
    for (const change of ['archive', 'delete'])
      expect((await impact(outsider, group, { change })).refused).toBeNull()
    expect((await impact(owner, group, { change: 'delete' })).refused).not.toBeNull()
    expect((await impact(owner, group)).services).toHaveLength(2)
  })
})

describe('the kind of change', () => {
  it('decides who is asked, what it does to them, and whether it would be refused', async () => {
    const group = await register()
    expect(await impact(owner, group)).toMatchObject({ change: 'deprecate', refused: null })
    expect(await impact(owner, group, { change: 'delete' })).toMatchObject({
      refused: { users: ['version 1: active'] },
    })
    await expect(impact(owner, group, { change: 'remove_feature' })).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer: '/feature' }] },
    })
    const ttl = await impact(owner, group, { change: 'change_ttl', ttl: 'P1D' })
    expect(ttl.effect).toContain('time to live of P1D')
    await expect(impact(owner, group, { change: 'restore_as_new', version: 9 })).rejects.toMatchObject({
      code: 'not_found',
    })
    await registry.deprecateVersion(owner, group, 1, { reason: 'Old.' })
    expect(await impact(owner, group)).toMatchObject({
      refused: { because: expect.stringContaining('only what is active') },
    })
  })

  it('names who could no longer read with a stricter class', async () => {
    const group = await register()
    const key = await mintKey()
    await db()
      .insert(roleAssignments)
      .values({ id: newId(), principalId: key.ctx.actor.id, role: 'consumer' })
    countReads(key.ctx.actor, 'online', target(group, 'num_logins'), 1, Date.now())
    const change = (classification: string) =>
      impact(owner, group, { change: 'change_classification', classification })
    expect((await change('restricted')).loses_access).toEqual([key.name])
    expect((await change('internal')).loses_access).toEqual([])
  })
})
