import { sql } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { singleton } from '@/lib/core/singleton'
import { registerDomain, registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam } from '@/lib/registry/testing'
import { browse } from './browse'
import { browseQuery } from './browse-operations'
import { searchQuery } from './operations'
import { search } from './search'

/** Lines of nothing but a name: enough of them that their counts are kept. */
const manyLines = (teamId: string) =>
  db().execute(sql`insert into catalog_documents
    (kind, name, short_name, description, words, team, team_id, tags, classification, lifecycle, updated_at, search)
    select 'source', 'line_' || n, 'line_' || n, '', '', 'many', ${teamId}, '{}', 'internal', 'active', now(), ''
    from generate_series(1, 6000) n`)

const patience = { timeout: 15_000 }
const kept = () =>
  singleton<{ counts: Map<string, unknown> }>('catalogCounts', () => ({ counts: new Map() })).counts

it('counts everything once for the same rights, until something changes', async () => {
  const team = await mintTeam()
  const viewer = contextOf(['viewer'])
  const all = (ctx = viewer) => search(ctx, searchQuery.parse({ limit: 1 }))
  await manyLines(team.id)
  await vi.waitFor(async () => {
    expect((await all()).meta.total).toBe(6000)
    expect(kept().size).toBe(1)
  }, patience)
  const first = await all()
  expect(await all(contextOf(['viewer']))).toEqual(first)
  expect(kept().size).toBe(1)
  const owner = contextOf(['producer'], team)
  expect((await all(owner)).meta.total).toBe(6000)
  expect(kept().size).toBe(2)
  await registerFeatureGroup(owner, groupBody({ owner_team: team.name }))
  // The group, its entity and two features.
  await vi.waitFor(async () => expect((await all()).meta.total).toBe(6004), patience)
  await registerFeatureGroup(owner, groupBody({ owner_team: team.name, classification: 'restricted' }))
  await vi.waitFor(async () => expect((await all(owner)).meta.total).toBeGreaterThan(6005), patience)
  expect((await all()).meta.total).toBe(6005)
})

it('keeps what stands beneath a domain, but not which domains there are', async () => {
  const owner = contextOf(['producer'], await mintTeam())
  const group = groupBody({ owner_team: owner.actor.teams[0]?.team ?? '', domain: 'kept_domain' })
  await registerFeatureGroup(owner, group)
  await db().execute(sql`insert into catalog_documents
    (kind, name, short_name, description, words, entity, domain, team, team_id, tags, classification, lifecycle, updated_at, search)
    select 'feature', 'g:kept_' || n, 'kept_' || n, '', '', 'kept_entity', 'kept_domain', 'many', 'many', '{}', 'internal', 'active',
      now(), '' from generate_series(1, 6000) n`)
  const domain = async () =>
    (await browse(owner, browseQuery.parse({ limit: 200 }))).data.find(({ name }) => name === 'kept_domain')
  await vi.waitFor(async () => {
    expect((await domain())?.features).toBe(6002)
    expect([...kept().keys()].join()).toContain('as lines')
  }, patience)
  await registerDomain(owner, { name: 'newly_empty' })
  const names = (await browse(owner, browseQuery.parse({ limit: 200 }))).data.map(({ name }) => name)
  expect(names).toContain('newly_empty')
  await registerFeatureGroup(owner, { ...group, name: `${group.name}_more` })
  await vi.waitFor(async () => expect((await domain())?.groups).toBe(2), patience)
})
