import { eq, inArray, sql } from 'drizzle-orm'
import { closeDatabase, db, withTransaction } from '@/db/client'
import {
  catalogDocuments,
  entities,
  featureGroups,
  features,
  featureGroupVersions as groupVersions,
  people,
  roleAssignments,
  teamMembers,
  teams,
  versionEnvironments,
} from '@/db/schema'
import { visible } from '@/lib/authz'
import { listFeatures, search } from '@/lib/catalog'
import { featuresQuery, searchQuery } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { createTeam, ensureFirstRun, systemContext } from '@/lib/identity'
import { testActor, testContext } from '@/lib/identity/testing'
import {
  listFeatureGroups,
  registerEntity,
  registerFeatureGroup,
  registerFeatureService,
  registerSource,
  writeDocuments,
} from '@/lib/registry'
import { writeGroupDocuments } from '@/lib/registry/group-documents'
import { listFeatureGroupsQuery } from '@/lib/registry/operations'
import { findGroup } from '@/lib/registry/queries'
import { entities as sampleEntities, teams as sampleTeams, services, sources } from '@/lib/sample/catalog'
import { customerGroups, flightGroups } from '@/lib/sample/groups'

/** A feature group as `catalogue.mjs` makes it. */
interface MadeGroup {
  name: string
  description: string
  entity: string
  domain: string
  team: string
  tags: string[]
  classification: 'internal' | 'confidential' | 'restricted'
  lifecycle: 'active' | 'deprecated'
  features: { name: string; type: string; description: string; tags: string[] }[]
}
export interface MadeCatalogue {
  teams: string[]
  entities: string[]
  groups: MadeGroup[]
}

export { migrate } from '@/db/migrate'
export { makeLife } from './life.testing'
export { pages, reviewersPages, statementsAsked, watchStatements } from './pages.testing'
export const close = closeDatabase

const ctx = systemContext()

/** What the sample registers, by the use cases that it goes through; its rows are not needed to search. */
export async function registerSample(): Promise<void> {
  await ensureFirstRun({ sample: false })
  for (const { maintainer: _, ...team } of sampleTeams) await createTeam(ctx, team)
  for (const entity of sampleEntities) await registerEntity(ctx, entity, { sample: true })
  for (const source of sources) await registerSource(ctx, source, { sample: true })
  for (const { transformation: _, ...group } of [...flightGroups, ...customerGroups])
    await registerFeatureGroup(ctx, group, { sample: true })
  for (const service of services) await registerFeatureService(ctx, service, { sample: true })
  const [owner] = await db().select().from(teams).where(eq(teams.name, 'flights'))
  await writeDocuments(
    db(),
    [
      {
        kind: 'dataset',
        name: 'flight_delays',
        groupName: null,
        groupId: null,
        description:
          'Flights of four weeks with what was known of their airport and route at departure: the rows on which the second delay model is trained.',
        entity: null,
        team: 'flights',
        teamId: owner?.id ?? '',
        tags: [],
        dataType: null,
        classification: 'internal',
        lifecycle: 'active',
        sample: true,
        position: 0,
      },
    ],
    new Date(),
  )
}

const inStatement = 400

async function inParts<T>(rows: T[], write: (part: T[]) => Promise<unknown>) {
  for (let at = 0; at < rows.length; at += inStatement) await write(rows.slice(at, at + inStatement))
}

async function idsByName(table: typeof teams | typeof entities) {
  const rows = await db().select({ id: table.id, name: table.name }).from(table)
  const ids = new Map(rows.map(({ id, name }) => [name, id]))
  return (name: string) => ids.get(name) ?? ''
}

const documentsOf = (group: MadeGroup, id: string, teamId: string) => {
  const shared = {
    groupName: group.name,
    groupId: id,
    entity: group.entity,
    team: group.team,
    teamId,
    domain: group.domain,
    lifecycle: group.lifecycle,
    classification: group.classification,
    sample: false,
  }
  const { name, description, tags } = group
  return [
    { ...shared, kind: 'group' as const, name, description, tags, dataType: null, position: 0 },
    ...group.features.map((feature, position) => ({
      ...shared,
      kind: 'feature' as const,
      name: `${name}:${feature.name}`,
      description: feature.description,
      tags: [...new Set([...tags, ...feature.tags])],
      dataType: feature.type,
      position,
    })),
  ]
}

/** Registers the made groups in bulk: the rows of the registry, and the catalogue’s lines by the product’s writer. */
export async function registerMade(made: MadeCatalogue): Promise<void> {
  for (const name of made.teams) await createTeam(ctx, { name, display_name: name, description: '' })
  for (const name of made.entities)
    await registerEntity(ctx, {
      name,
      description: '',
      keys: [{ name: `${name}_id`, type: 'int64' }],
      owner_team: made.teams[0],
    })
  const teamId = await idsByName(teams)
  const entityId = await idsByName(entities)
  const rows = made.groups.map((group) => ({ group, id: newId(), versionId: newId() }))
  await inParts(rows, (part) =>
    db()
      .insert(featureGroups)
      .values(
        part.map(({ id, group: { name, description, entity, domain, team, tags, classification } }) => ({
          ...{ id, name, description, domain, tags, classification, createdBy: ctx.actor.id },
          entityId: entityId(entity),
          ownerTeamId: teamId(team),
        })),
      ),
  )
  await inParts(rows, (part) =>
    db()
      .insert(groupVersions)
      .values(
        part.map(({ id, versionId, group }) => ({
          id: versionId,
          groupId: id,
          major: 1,
          state: group.lifecycle,
          primaryKey: [{ name: `${group.entity}_id`, type: 'int64' }],
          timestampKey: 'computed_at',
          online: true,
          source: { kind: 'push' as const },
          createdBy: ctx.actor.id,
          activatedAt: new Date().toISOString(),
          deprecatedAt: group.lifecycle === 'deprecated' ? new Date().toISOString() : null,
        })),
      ),
  )
  await inParts(rows, (part) =>
    db()
      .insert(versionEnvironments)
      .values(part.map(({ versionId }) => ({ versionId, environment: 'prod', state: 'promoted' as const }))),
  )
  await inParts(
    rows.flatMap(({ versionId, group }) =>
      group.features.map((feature, position) => ({ ...feature, id: newId(), versionId, position })),
    ),
    (part) => db().insert(features).values(part),
  )
  const documents = rows.flatMap(({ group, id }) => documentsOf(group, id, teamId(group.team)))
  await writeDocuments(db(), documents, new Date())
  await assertAsWritten(made.groups.filter((_, at) => at % 500 === 0).map(({ name }) => name))
  await db().execute(sql`analyze`)
}

/** What was written in bulk is what the registry writes of the same groups. */
async function assertAsWritten(names: string[]) {
  const lines = async () => {
    const own = inArray(catalogDocuments.groupName, names)
    const found = await db().select().from(catalogDocuments).where(own).orderBy(catalogDocuments.name)
    return JSON.stringify(found.map(({ updatedAt: _, ...line }) => line))
  }
  const before = await lines()
  await withTransaction(async (tx) => {
    for (const name of names) {
      const row = await findGroup(name, tx)
      if (row) await writeGroupDocuments(tx, row, new Date())
    }
  })
  if (before !== (await lines())) throw new Error('The bulk wrote other lines than the registry does.')
}

/** What the reader may see, with whether it is active: what a pattern of the queries may mean. */
export async function assetsFor(who: Context): Promise<{ kind: string; name: string; active: boolean }[]> {
  const { teamId, classification, groupId, kind, name, lifecycle } = catalogDocuments
  return db()
    .select({ kind, name, active: sql<boolean>`${lifecycle} = 'active'` })
    .from(catalogDocuments)
    .where(visible(who, { teamId, classification, groupId }))
}

/** Somebody who may see what most may. */
export const reader = async (): Promise<Context> => testContext(await testActor({ role: 'viewer' }))

/** Somebody of a team, who works here. */
export const member = async (team: string, role: 'producer' | 'reviewer'): Promise<Context> =>
  testContext(await testActor({ role, team }))

/** A thousand people, each in a team of their own choice, with the rights that teams have. */
export async function crowd(count: number): Promise<Context[]> {
  const all = await db().select({ id: teams.id, name: teams.name }).from(teams).orderBy(teams.name)
  const made = Array.from({ length: count }, (_, at) => {
    const own = [all[at % all.length], all[(at * 7 + 3) % all.length]].flatMap((team) => team ?? [])
    return { id: newId(), role: (['viewer', 'consumer', 'producer'] as const)[at % 3] ?? 'viewer', own }
  })
  await inParts(made, (part) =>
    db()
      .insert(people)
      .values(part.map(({ id }) => ({ id, name: id, email: `${id}@bench.example` }))),
  )
  await inParts(made, (part) =>
    db()
      .insert(roleAssignments)
      .values(part.map(({ id, role }) => ({ id: newId(), principalId: id, role }))),
  )
  await inParts(
    made.flatMap(({ id, own }) =>
      [...new Set(own.map((team) => team.id))].map((teamId) => ({
        teamId,
        principalId: id,
        membership: 'member' as const,
      })),
    ),
    (part) => db().insert(teamMembers).values(part),
  )
  return made.map(({ id, role, own }) =>
    testContext({
      kind: 'user',
      id,
      name: id,
      sessionId: id,
      roles: [{ role, teamId: null, environment: null }],
      teams: own.map((team) => ({ teamId: team.id, team: team.name, membership: 'member' })),
    }),
  )
}

type Asked = Record<string, unknown>
export const ask = (who: Context, asked: Asked) => search(who, searchQuery.parse(asked))
export const askFeatures = (who: Context, asked: Asked) => listFeatures(who, featuresQuery.parse(asked))
export const askGroups = (who: Context, asked: Asked) =>
  listFeatureGroups(who, listFeatureGroupsQuery.parse(asked))
