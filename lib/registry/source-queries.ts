import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { db, type Executor, type Transaction } from '@/db/client'
import { featureGroups, featureGroupVersions as groupVersions, sources, teams } from '@/db/schema'
import { decide, missing, type ResourceFacts, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { namePattern } from '@/lib/core/names'
import { edgesOf } from '@/lib/edges'
import { writeDocuments } from './documents'
import { isoInstant } from './instants'
import { namesOf } from './queries'
import type { SourceResource } from './resources'
import { durationOrNull, etagOf } from './serialize'

export interface SourceRow {
  source: typeof sources.$inferSelect
  team: string
}

export const sourceFacts = ({ source, team }: SourceRow): ResourceFacts => ({
  kind: 'source',
  id: source.id,
  name: source.name,
  teamId: source.ownerTeamId,
  team,
  classification: 'internal',
  tags: [],
})

/** What the policies may know of a source; the 404 that a missing and a hidden one share. */
export const sourceFactsOf = async (ctx: Context, name: string): Promise<ResourceFacts> =>
  sourceFacts(await describedSource(ctx, name))

export async function findSource(name: string, executor: Executor = db()): Promise<SourceRow | null> {
  if (!namePattern.test(name)) return null
  const [row] = await executor
    .select({ source: sources, team: teams.name })
    .from(sources)
    .innerJoin(teams, eq(teams.id, sources.ownerTeamId))
    .where(eq(sources.name, name))
  return row ?? null
}

/** The source, or the 404 that a missing and a hidden one share. */
export async function describedSource(ctx: Context, name: string): Promise<SourceRow> {
  const row = await findSource(name)
  if (!row || !decide(ctx, 'catalog:describe', sourceFacts(row)).allowed) throw missing('source', name)
  return row
}

/** Read anew under its lock. */
export async function lockSource(tx: Transaction, name: string): Promise<SourceRow> {
  await tx.select({ id: sources.id }).from(sources).where(eq(sources.name, name)).for('update')
  const row = await findSource(name, tx)
  if (!row) throw missing('source', name)
  return row
}

/** Names of all groups of which some version reads the source, whoever asks. */
export async function groupsReading(executor: Executor, name: string): Promise<string[]> {
  const fed = (await edgesOf({ kind: 'source', name }, 'down', executor))
    .filter((edge) => edge.toKind === 'group')
    .map((edge) => edge.toName)
  const named = await executor
    .selectDistinct({ name: featureGroups.name })
    .from(groupVersions)
    .innerJoin(featureGroups, eq(featureGroups.id, groupVersions.groupId))
    .where(sql`${groupVersions.source}->>'name' = ${name} and ${groupVersions.source}->>'kind' <> 'group'`)
  return [...new Set([...fed, ...named.map((row) => row.name)])].sort()
}

async function describedGroupsReading(ctx: Context, name: string): Promise<string[]> {
  const names = await groupsReading(db(), name)
  if (names.length === 0) return []
  const { ownerTeamId: teamId, classification, id: groupId } = featureGroups
  const rows = await db()
    .select({ name: featureGroups.name })
    .from(featureGroups)
    .where(and(inArray(featureGroups.name, names), visible(ctx, { teamId, classification, groupId })))
    .orderBy(asc(featureGroups.name))
  return rows.map((row) => row.name)
}

/** The source as its readers see it. */
export async function sourceResource(ctx: Context, { source, team }: SourceRow): Promise<SourceResource> {
  const [groups, nameOf] = await Promise.all([
    describedGroupsReading(ctx, source.name),
    namesOf([source.createdBy]),
  ])
  return {
    id: source.id,
    name: source.name,
    description: source.description,
    kind: source.kind,
    config: source.config,
    freshness: durationOrNull(source.freshnessSeconds),
    owner_team: team,
    groups,
    sample: source.sample,
    created_at: isoInstant(source.createdAt),
    created_by: nameOf(source.createdBy),
    updated_at: isoInstant(source.updatedAt),
    etag: etagOf(source.revision),
  }
}

/** Writes the catalogue's line of a source. */
export const writeSourceDocument = (tx: Transaction, { source, team }: SourceRow, at: Date) =>
  writeDocuments(
    tx,
    [
      {
        kind: 'source',
        name: source.name,
        groupName: null,
        groupId: null,
        description: source.description,
        entity: null,
        team,
        teamId: source.ownerTeamId,
        tags: [],
        dataType: source.kind,
        classification: 'internal',
        lifecycle: 'active',
        sample: source.sample,
        position: 0,
      },
    ],
    at,
  )
