import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { usageMinutes } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { addTerm } from '@/lib/glossary'
import { deprecateVersion, registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam } from '@/lib/registry/testing'
import { countReaders } from './count-readers'
import { listFeatures } from './list-features'
import { featuresQuery, searchQuery } from './operations'
import { search } from './search'

let owner: Context
const viewer = contextOf(['viewer'])
const find = (q: string, more: Record<string, unknown> = {}, ctx = viewer) =>
  search(ctx, searchQuery.parse({ q, limit: 200, ...more }))
const names = async (q: string, more: Record<string, unknown> = {}, ctx = viewer) =>
  (await find(q, more, ctx)).data.map((hit) => hit.name)

const feature = (name: string, description: string, more: object = {}) => ({
  name,
  type: 'float64',
  description,
  ...more,
})

beforeAll(async () => {
  const team = await mintTeam()
  owner = contextOf(['producer', 'consumer'], team)
  const group = (name: string, description: string, features: object[], more: object = {}) =>
    registerFeatureGroup(owner, groupBody({ name, description, features, ...more }))
  await group(
    'route_delays',
    'How late the flights of a route arrive.',
    [
      feature('mean_delay_7d', 'Mean arrival delay in minutes.'),
      feature('share_late_7d', 'Share of late flights.', { tags: ['punctuality'] }),
    ],
    { domain: 'aviation' },
  )
  await group('flights_by_airport', 'Traffic of an airport.', [feature('departures', 'Flights that left.')])
  await group('old_delays', 'Replaced.', [feature('delay', 'Minutes.')])
  await deprecateVersion(owner, 'old_delays', 1, { reason: 'Replaced.', replacement: 'route_delays' })
  await group('secret_delays', 'Canary zebra.', [feature('delay_zebra', 'Canary zebra.')], {
    classification: 'restricted',
  })
  await group('shop_engagement', 'Visits.', [feature('visits', 'Visits on the day.')])
  await group('web_sessions', 'Daily engagement of visitors.', [feature('clicks', 'Clicks.')])
  await group('mixed', 'Open group.', [
    feature('open_one', 'Open.'),
    feature('hidden_zebra', 'Canary zebra.', { classification: 'restricted' }),
  ])
})

describe('search', () => {
  it('puts the exact name or full path first, even a deprecated one', async () => {
    expect((await names('route_delays'))[0]).toBe('route_delays')
    expect((await names('route_delays:mean_delay_7d'))[0]).toBe('route_delays:mean_delay_7d')
    const [first] = (await find('delay')).data
    expect(first).toMatchObject({
      name: 'old_delays:delay',
      match: 'exact',
      why: 'exact name',
      lifecycle: 'deprecated',
    })
  })

  it('finds words wherever they stand in a name, deprecated ones last', async () => {
    expect(await names('delay')).toEqual([
      'old_delays:delay',
      'route_delays',
      'route_delays:mean_delay_7d',
      'route_delays:share_late_7d',
      'old_delays',
    ])
    expect((await find('route delay')).data[0]).toMatchObject({ name: 'route_delays', match: 'prefix' })
    expect((await find('delay mean')).data[0]).toMatchObject({
      name: 'route_delays:mean_delay_7d',
      match: 'words',
    })
    expect((await find('flights_by')).data[0]).toMatchObject({ name: 'flights_by_airport', match: 'prefix' })
  })

  it('finds by meaning, and says so', async () => {
    expect((await find('punctuality')).data).toMatchObject([
      { name: 'route_delays:share_late_7d', match: 'meaning', why: 'tagged punctuality' },
    ])
    expect((await find('arrive')).data.map((hit) => hit.name)).toContain('route_delays')
  })

  it.each([['dleay'], ['dlay'], ['delya'], ['rouet delay']])(
    'corrects %s when nothing else is found',
    async (q) => {
      const found = await find(q)
      expect(found.meta.corrected).toMatch(/delay/)
      expect(found.data.map((hit) => hit.name)).toContain('route_delays')
      expect(found.data[0]).toMatchObject({ match: 'misspelling', why: `spelled like “${q}”` })
    },
  )

  it('corrects a misspelling whose stem alone was found in a description', async () => {
    const found = await find('engagment')
    expect(found.meta.corrected).toBe('engagement')
    expect(found.data.map((hit) => hit.name)).toEqual(
      expect.arrayContaining(['shop_engagement', 'web_sessions']),
    )
    expect(found.data[0]?.name).toBe('shop_engagement')
  })

  it('finds nothing for what is nothing', async () => {
    expect(await find('qqqqqqq')).toMatchObject({ data: [], meta: { total: 0, corrected: null } })
    expect(await names("'; drop table people --")).toEqual([])
    expect(await names('%')).toEqual([])
    expect(await names('_')).toEqual([])
  })

  it('filters, and counts each facet under the other filters', async () => {
    const found = await find('delay', { kind: 'group' })
    expect(found.data.map((hit) => hit.name)).toEqual(['route_delays', 'old_delays'])
    expect(found.meta).toMatchObject({ total: 2, unfiltered_total: 5 })
    expect(found.facets.kind).toEqual([
      { value: 'feature', count: 3 },
      { value: 'group', count: 2 },
    ])
    expect(found.facets.lifecycle).toEqual([
      { value: 'active', count: 1 },
      { value: 'deprecated', count: 1 },
    ])
    expect(await names('delay', { lifecycle: ['active'], kind: ['group', 'feature'] })).toHaveLength(3)
    expect(await names('', { tag: 'punctuality' })).toEqual(['route_delays:share_late_7d'])
    expect(await names('delay', { team: 'nobody' })).toEqual([])
  })

  it('says which filter emptied the list, and what is hidden because it is archived', async () => {
    const found = await find('delay', { kind: 'group', tag: 'punctuality' })
    expect(found.data).toEqual([])
    expect(found.meta.emptied_by).toEqual([
      { filter: 'tag', values: ['punctuality'], total_without: 2 },
      { filter: 'kind', values: ['group'], total_without: 1 },
    ])
    expect((await find('delay')).meta).toMatchObject({ emptied_by: [], capped: false })
    expect((await find('qqqqqqq', { kind: 'group' })).meta.emptied_by).toEqual([])
    const alone = await find('delay', { group: 'nonesuch' })
    expect(alone.meta).toMatchObject({
      total: 0,
      emptied_by: [
        { filter: 'group', values: ['nonesuch'], total_without: (await find('delay')).meta.total },
      ],
    })
    expect((await find('', { group: 'nonesuch' })).meta.unfiltered_total).toBeGreaterThan(0)
    const withKind = await find('delay', { group: 'route_delays', kind: 'source' })
    expect(withKind.meta.emptied_by.map(({ filter }) => filter).sort()).toEqual(['group', 'kind'])
    const both = await find('', { tag: 'punctuality', team: 'nobody', kind: 'group' })
    expect(both.meta.emptied_by.map(({ total_without }) => total_without)).toEqual([0, 0, 0])
  })

  it('finds names whatever divides their words, and plurals', async () => {
    for (const q of ['RouteDelays', 'route-delays', 'routedelays', 'ROUTE_DELAYS:meanDelay7d'])
      expect((await find(q)).data[0]).toMatchObject({ match: 'exact', group: 'route_delays' })
    expect((await names('routes delays'))[0]).toBe('route_delays')
  })

  it('finds by other words for the same, by most of what is meant, and by domain', async () => {
    expect((await find('lateness')).data[0]).toMatchObject({
      match: 'meaning',
      why: expect.stringContaining('lateness'),
    })
    const [most] = (await find('punctuality of submarines')).data
    expect(most).toMatchObject({ name: 'route_delays:share_late_7d', match: 'meaning' })
    const found = await find('aviation')
    expect(found.data.map(({ name }) => name)).toContain('route_delays')
    expect(found.facets.domain).toEqual([{ value: 'aviation', count: 3 }])
    expect(await names('', { domain: 'aviation', kind: 'group' })).toEqual(['route_delays'])
  })

  it('finds what the glossary calls otherwise, for who may know of the term', async () => {
    await addTerm(owner, { name: 'Late share', meaning: 'Of all flights.', synonyms: ['otpx', 'punctx'] })
    expect((await find('otpx')).data).toEqual([])
    const body = { name: 'otp_terms', description: 'The late share of a carrier.' }
    await registerFeatureGroup(
      owner,
      groupBody({ ...body, features: [feature('ratio', 'Punctx of a day.')] }),
    )
    const [first, ...more] = (await find('otpx')).data
    expect(first).toMatchObject({
      name: 'otp_terms',
      match: 'meaning',
      why: 'description says “late share” for “otpx”',
    })
    expect(more.map(({ name }) => name)).toEqual(['otp_terms:ratio'])
    expect((await find('otpx')).meta.corrected).toBeNull()
  })

  it('corrects several words at once, and counts no facets where none are asked for', async () => {
    const found = await find('rouet delasy', { facets: 'false' })
    expect(found.meta.corrected).toMatch(/^route delay/)
    expect(found.data[0]?.name).toBe('route_delays')
    expect(found.meta.total).toBe(found.data.length)
    expect(found.facets.kind).toEqual([])
  })

  it('pages through everything once', async () => {
    const all = await names('')
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof find>> = await find('', {
        limit: 3,
        ...(cursor ? { cursor } : {}),
      })
      paged.push(...page.data.map((hit) => hit.name))
      cursor = page.meta.next_cursor
    } while (cursor)
    expect(paged).toEqual(all)
    await expect(find('', { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('lets nothing hidden through: not in hits, counts, facets or corrections', async () => {
    for (const q of ['zebra', 'zebar', 'secret', 'delay', '', 'canary', 'hidden_zebra']) {
      expect(JSON.stringify({ ...(await find(q)), asked: '' })).not.toMatch(/zebra|secret_delays/i)
    }
    expect((await find('zebra', {}, owner)).data.map((hit) => hit.name).sort()).toEqual([
      'mixed:hidden_zebra',
      'secret_delays',
      'secret_delays:delay_zebra',
    ])
  })
})

it('puts the more read first of two that fit alike', async () => {
  const order = async () => (await names('zulu')).filter((name) => name.startsWith('zulu'))
  for (const name of ['zulu_a', 'zulu_b'])
    await registerFeatureGroup(
      owner,
      groupBody({ name, description: '', features: [feature('seen', 'Seen.')] }),
    )
  expect(await order()).toEqual(['zulu_a', 'zulu_b', 'zulu_a:seen', 'zulu_b:seen'])
  await db()
    .insert(usageMinutes)
    .values({
      ...{ minute: new Date().toISOString(), consumerKind: 'key', consumerId: 'reader', groupName: 'zulu_b' },
      ...{ version: 1, feature: 'seen', environment: 'prod', side: 'online', reads: 5, cells: 5 },
    })
  expect(await countReaders(owner)).toBe(2)
  expect(await countReaders(owner)).toBe(0)
  expect(await order()).toEqual(['zulu_b', 'zulu_a', 'zulu_b:seen', 'zulu_a:seen'])
  expect(await countReaders({ now: () => new Date(Date.now() + 31 * 86_400_000) })).toBe(2)
})

it('lists features over all groups', async () => {
  const list = await listFeatures(viewer, featuresQuery.parse({ group: 'route_delays' }))
  expect(list.data.map((one) => [one.name, one.type])).toEqual([
    ['route_delays:mean_delay_7d', 'float64'],
    ['route_delays:share_late_7d', 'float64'],
  ])
  expect(list.meta.total).toBe(2)
})
