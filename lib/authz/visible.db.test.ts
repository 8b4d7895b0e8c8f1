import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { db } from '@/db/client'
import { featureGroups, teams } from '@/db/schema'
import { decide } from './decide'
import type { ResourceFacts } from './resource'
import {
  arbitraryEnvironment,
  arbitraryNow,
  arbitraryPurpose,
  arbitraryResource,
  arbitrarySubject,
  groupIds,
} from './testing/arbitraries'
import { contextWith, groupWith, subjectWith } from './testing/subjects'
import { visible } from './visible'

beforeAll(async () => {
  await db().insert(teams).values({ id: 'owner', name: 'owner', displayName: 'Owner' })
  const rows = groupIds.map((id) => ({
    id,
    name: `name_${id}`,
    ownerTeamId: 'owner',
    classification: 'internal' as const,
    createdBy: 'test',
  }))
  await db().insert(featureGroups).values(rows)
})

/** Positions of the rows that PostgreSQL lets through. */
async function listed(where: ReturnType<typeof visible>, resources: ResourceFacts[]): Promise<number[]> {
  const rows = resources.map(
    (one, index) =>
      sql`(${index}::int, ${one.teamId}::text, ${one.classification}::text, ${one.kind === 'group' ? one.id : null}::text)`,
  )
  const found = await db().execute<{ position: number }>(
    sql`select position from (values ${sql.join(rows, sql`, `)}) as r(position, team_id, classification, group_id) where ${where} order by position`,
  )
  return found.map((row) => row.position)
}

const columns = { teamId: sql`r.team_id`, classification: sql`r.classification`, groupId: sql`r.group_id` }

test('a list holds exactly what may be described, one by one', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitrarySubject,
      arbitraryEnvironment,
      arbitraryPurpose,
      arbitraryNow,
      fc.array(arbitraryResource, { minLength: 12, maxLength: 12 }),
      async (actor, environment, purpose, now, resources) => {
        const ctx = contextWith(actor, { environment, purpose, now: () => now })
        const expected = resources.flatMap((resource, index) =>
          decide(ctx, 'catalog:describe', resource).allowed ? [index] : [],
        )
        expect(await listed(visible(ctx, columns), resources)).toEqual(expected)
      },
    ),
    { numRuns: 400 },
  )
}, 60_000)

test('rows that belong to no group are hidden from a key that is limited to groups', async () => {
  const owner = subjectWith({ roles: ['administrator'] })
  const limits = { scopes: [], environments: [], groups: ['name_g1'], expiresAt: null }
  const ctx = contextWith({ ...owner, kind: 'apiKey', keyId: 'k', keyName: 'ci', ...limits })
  const { groupId: _, ...withoutGroup } = columns
  const rows = [groupWith({ id: 'g1' }), groupWith({ id: 'g2' })]
  expect(await listed(visible(ctx, columns), rows)).toEqual([0])
  expect(await listed(visible(ctx, withoutGroup), rows)).toEqual([])
})
