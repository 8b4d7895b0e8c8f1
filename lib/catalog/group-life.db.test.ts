import { describe, expect, it } from 'vitest'
import type { Context } from '@/lib/core/context'
import { getVerdict } from '@/lib/monitoring'
import { deprecateVersion, registerFeatureGroup, registerFeatureService } from '@/lib/registry'
import {
  classifyFeature,
  contextOf,
  groupBody,
  mintName,
  mintTeam,
  type TestTeam,
} from '@/lib/registry/testing'
import { countReads, flushUsage, readsByWeek } from '@/lib/usage'
import { getActivity, getNeighbours, getUsage } from './index'

const dayMs = 86_400_000

async function registered(team: TestTeam, overrides: Record<string, unknown> = {}) {
  const owner = contextOf(['producer'], team)
  const group = await registerFeatureGroup(owner, groupBody({ owner_team: team.name, ...overrides }))
  return { owner, group }
}

const targetsOf = (groupName: string, features: string[]) =>
  features.map((feature) => ({ groupName, version: 1, feature, environment: 'prod' }))

describe('getUsage', () => {
  it('counts a read of several features once, by reader, side and day', async () => {
    const team = await mintTeam()
    const { owner, group } = await registered(team)
    const now = owner.now().getTime()
    const reader = contextOf(['consumer']).actor
    const both = targetsOf(group.name, ['num_logins', 'avg_session_duration'])
    countReads(reader, 'online', both, 2, now)
    countReads(reader, 'online', targetsOf(group.name, ['num_logins']), 1, now)
    countReads(owner.actor, 'offline', both, 0, now - 2 * dayMs)
    countReads(reader, 'online', both, 2, now - 40 * dayMs)
    await flushUsage()

    const usage = await getUsage(owner, group.name, { days: 30 })
    expect(usage.reads).toBe(3)
    expect(usage.days).toHaveLength(30)
    expect(usage.days.at(-1)).toMatchObject({ online: 2, offline: 0 })
    expect(usage.days.at(-3)).toMatchObject({ online: 0, offline: 1 })
    expect(usage.readers.map(({ online, offline }) => [online, offline])).toEqual([
      [2, 0],
      [0, 1],
    ])
    const minute = new Date(now - (now % 60_000)).toISOString().slice(0, 16)
    expect(usage.features).toEqual([
      { name: 'num_logins', reads: 3, readers: 2, last_read: expect.stringContaining(minute) },
      { name: 'avg_session_duration', reads: 2, readers: 2, last_read: expect.stringContaining(minute) },
    ])
  })

  it('does not tell of a group that the reader may not know', async () => {
    const team = await mintTeam()
    const { group } = await registered(team, { classification: 'restricted' })
    const stranger = contextOf(['viewer'])
    await expect(getUsage(stranger, group.name, { days: 30 })).rejects.toMatchObject({ code: 'not_found' })
    await expect(getActivity(stranger, group.name, { limit: 10 })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('readsByWeek', () => {
  it('sums reads by week, newest last, of groups and of their features', async () => {
    const team = await mintTeam()
    const { owner, group } = await registered(team)
    const now = owner.now()
    const both = targetsOf(group.name, ['num_logins', 'avg_session_duration'])
    countReads(owner.actor, 'online', both, 2, now.getTime() - 3600_000)
    countReads(owner.actor, 'online', targetsOf(group.name, ['num_logins']), 1, now.getTime() - 8 * dayMs)
    await flushUsage()
    const reads = await readsByWeek(owner, {
      groups: [group.name],
      now,
      weeks: 3,
      readersSince: new Date(now.getTime() - 5 * dayMs),
    })
    const of = (feature: string | null) => reads.find((one) => one.feature === feature)
    expect(of(null)).toMatchObject({ weeks: [0, 1, 1], readers: 1 })
    expect(of('num_logins')).toMatchObject({ weeks: [0, 1, 1], readers: 1 })
    expect(of('avg_session_duration')).toMatchObject({ weeks: [0, 0, 1], readers: 1 })
  })

  it('counts nothing of a feature that the reader may not know of, nor does the verdict', async () => {
    const team = await mintTeam()
    const { owner, group } = await registered(team)
    const now = owner.now()
    const open = targetsOf(group.name, ['avg_session_duration'])
    countReads(contextOf(['consumer']).actor, 'online', open, 1, now.getTime() - 60_000)
    const hidden = targetsOf(group.name, ['num_logins'])
    for (let at = 0; at < 3; at++) countReads(owner.actor, 'online', hidden, 1, now.getTime() - 60_000)
    await flushUsage()
    await classifyFeature(group.name, 'num_logins', 'restricted')
    const told = async (ctx: Context) => {
      const filter = { groups: [group.name], now, weeks: 1, readersSince: new Date(now.getTime() - dayMs) }
      const whole = (await readsByWeek(ctx, filter)).find(({ feature }) => feature === null)
      const clause = (await getVerdict(ctx, { group: group.name })).find(({ id }) => id === 'readers')
      return [whole?.readers, whole?.weeks[0], clause?.text]
    }
    expect(await told(owner)).toEqual([2, 4, '2 readers in 30 days'])
    expect(await told(contextOf(['viewer']))).toEqual([1, 1, '1 reader in 30 days'])
  })
})

describe('getActivity', () => {
  it('tells the changes of a group and of its versions, newest first, to whoever may know of it', async () => {
    const team = await mintTeam()
    const { owner, group } = await registered(team)
    await deprecateVersion(owner, group.name, 1, { reason: 'Counted twice.' })
    const { data, meta } = await getActivity(contextOf(['viewer']), group.name, { limit: 10 })
    expect(data.map(({ action, resource, reason }) => [action, resource.name, reason])).toEqual([
      ['version:deprecate', `${group.name}@1`, 'Counted twice.'],
      ['group:create', group.name, null],
    ])
    expect(meta.total).toBe(2)
  })

  it('leaves reads and refusals to the audit log', async () => {
    const team = await mintTeam()
    const { group } = await registered(team)
    // A producer elsewhere: refused on this very group, not because nobody like them may ever deprecate.
    const stranger = contextOf(['producer'], await mintTeam())
    await expect(deprecateVersion(stranger, group.name, 1, { reason: 'No.' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const { data } = await getActivity(stranger, group.name, { limit: 10 })
    expect(data.map(({ action }) => action)).toEqual(['group:create'])
  })
})

describe('getNeighbours', () => {
  it('names what stands around a group, and leaves the name of what is hidden away', async () => {
    const team = await mintTeam()
    const { owner, group } = await registered(team)
    const secret = await registered(team, { classification: 'restricted' })
    const service = mintName('service')
    await registerFeatureService(owner, {
      name: service,
      features: [`${group.name}:num_logins`],
      owner_team: team.name,
    })
    await deprecateVersion(owner, group.name, 1, { reason: 'Moved.' })
    const names = [group.name, `${group.name}@1`]
    const own = await getNeighbours(owner, { kind: 'group', names })
    expect(own.downstream.map(({ kind, relation }) => `${kind} ${relation}`).sort()).toEqual([
      'entity describes',
      'service selected_by',
    ])
    const ofSecret = { kind: 'entity' as const, names: [secret.group.entity ?? ''] }
    const toOwner = await getNeighbours(owner, ofSecret)
    expect(toOwner.upstream.map(({ name }) => name)).toEqual([secret.group.name])
    const toViewer = await getNeighbours(contextOf(['viewer']), ofSecret)
    expect(toViewer.upstream).toEqual([
      expect.objectContaining({ name: null, description: null, owner_team: null, since: '' }),
    ])
  })
})
