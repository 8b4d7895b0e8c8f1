import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { db } from '@/db/client'
import { catalogDocuments, contractBreaches, featureGroups, featureGroupVersions } from '@/db/schema'
import { newId } from '@/lib/core/ids'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { brokenGroupsOfTeams } from '.'

type Row = Partial<typeof contractBreaches.$inferInsert>

const producer = (team: TestTeam) => contextOf(['producer'], team)

async function newGroup(team: TestTeam) {
  const { name } = await registerFeatureGroup(producer(team), groupBody({}))
  const [row] = await db()
    .select({ groupId: featureGroups.id, versionId: featureGroupVersions.id })
    .from(featureGroups)
    .innerJoin(featureGroupVersions, eq(featureGroupVersions.groupId, featureGroups.id))
    .where(eq(featureGroups.name, name))
  if (!row) throw new Error('The group was not registered.')
  const broken = (term: string, more: Row = {}) =>
    db()
      .insert(contractBreaches)
      .values({
        ...row,
        id: newId(),
        environment: 'prod',
        rule: 'min',
        term,
        outcome: 'accepted',
        severity: 'warn',
        sameAs: newId(),
        rows: 1,
        observed: '-1',
        promised: '0',
        openedAt: '2026-05-01T00:00:00Z',
        lastAt: '2026-05-02T00:00:00Z',
        ...more,
      })
  return { name, broken }
}

it('tells what is broken now of the groups of one’s teams, by group and term', async () => {
  const team = await mintTeam()
  const { name, broken } = await newGroup(team)
  const other = await newGroup(await mintTeam())
  expect(await brokenGroupsOfTeams(producer(team), 8)).toEqual([])
  await broken('min num_logins', { feature: 'num_logins' })
  await broken('min num_logins', { feature: 'num_logins', lastAt: '2026-05-03T00:00:00Z' })
  await broken('check plausible', { severity: 'fail' })
  await broken('nulls', { closedAt: '2026-05-02T00:00:00Z' })
  await broken('freshness', { environment: 'dev' })
  await other.broken('min num_logins')
  expect(await brokenGroupsOfTeams(producer(team), 8)).toEqual([
    { group: name, terms: 2, fails: true, last: '2026-05-03T00:00:00.000000Z' },
  ])
  expect(await brokenGroupsOfTeams(contextOf(['producer']), 8)).toEqual([])
})

it('counts no term of a feature that its reader may not know of', async () => {
  const team = await mintTeam()
  const { name, broken } = await newGroup(team)
  await broken('min num_logins', { feature: 'num_logins' })
  await broken('max avg_session_duration', { feature: 'avg_session_duration' })
  // Its line is another team's, and restricted: as hidden as a feature can be.
  await db()
    .update(catalogDocuments)
    .set({ classification: 'restricted', teamId: newId() })
    .where(eq(catalogDocuments.name, `${name}:avg_session_duration`))
  expect(await brokenGroupsOfTeams(producer(team), 8)).toMatchObject([{ group: name, terms: 1 }])
})
