import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { db, type Executor, type Transaction } from '@/db/client'
import { domains, entities, featureGroups, teams } from '@/db/schema'
import { decide, missing, type ResourceFacts, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { namePattern } from '@/lib/core/names'
import type { DomainResource } from './domain-operations'
import { isoInstant } from './instants'
import { namesOf } from './queries'
import { etagOf } from './serialize'

export interface DomainRow {
  domain: typeof domains.$inferSelect
  team: string
}

export const domainFacts = ({ domain, team }: DomainRow): ResourceFacts => ({
  kind: 'domain',
  id: domain.id,
  name: domain.name,
  teamId: domain.ownerTeamId,
  team,
  classification: 'internal',
  tags: [],
})

export const selectDomains = (executor: Executor = db()) =>
  executor
    .select({ domain: domains, team: teams.name })
    .from(domains)
    .innerJoin(teams, eq(teams.id, domains.ownerTeamId))

async function findDomain(name: string, executor: Executor = db()): Promise<DomainRow | null> {
  if (!namePattern.test(name)) return null
  const [row] = await selectDomains(executor).where(eq(domains.name, name))
  return row ?? null
}

/** The domain, or the 404 that a missing and a hidden one share. */
export async function describedDomain(ctx: Context, name: string): Promise<DomainRow> {
  const row = await findDomain(name)
  if (!row || !decide(ctx, 'catalog:describe', domainFacts(row)).allowed) throw missing('domain', name)
  return row
}

/** What the policies may know of a domain. Errors: not_found, equal for a missing and a hidden one. */
export const domainFactsOf = async (ctx: Context, name: string): Promise<ResourceFacts> =>
  domainFacts(await describedDomain(ctx, name))

/** Read anew under its lock. */
export async function lockDomain(tx: Transaction, name: string): Promise<DomainRow> {
  await tx.select({ id: domains.id }).from(domains).where(eq(domains.name, name)).for('update')
  const row = await findDomain(name, tx)
  if (!row) throw missing('domain', name)
  return row
}

/**
 * Whether the domain is there, held until the transaction ends: a deletion waits, and then sees what names it.
 * A plain read would let a domain go between the look and the write.
 */
export async function holdDomain(tx: Transaction, name: string): Promise<boolean> {
  if (!namePattern.test(name)) return false
  const rows = await tx
    .select({ id: domains.id })
    .from(domains)
    .where(eq(domains.name, name))
    .for('key share')
  return rows.length > 0
}

type Named = { name: string; domain: string | null }

const byDomain = (rows: Named[], domain: string) =>
  rows.filter((row) => row.domain === domain).map((row) => row.name)

/** Groups and entities of the domains, as far as the caller may know of them. */
async function membersOf(ctx: Context, names: string[]): Promise<{ groups: Named[]; entities: Named[] }> {
  if (names.length === 0) return { groups: [], entities: [] }
  const { ownerTeamId: teamId, classification, id: groupId } = featureGroups
  const [ofGroups, ofEntities] = await Promise.all([
    db()
      .select({ name: featureGroups.name, domain: featureGroups.domain })
      .from(featureGroups)
      .where(and(inArray(featureGroups.domain, names), visible(ctx, { teamId, classification, groupId })))
      .orderBy(asc(featureGroups.name)),
    db()
      .select({ name: entities.name, domain: entities.domain })
      .from(entities)
      .where(
        and(
          inArray(entities.domain, names),
          visible(ctx, { teamId: entities.ownerTeamId, classification: sql`'internal'` }),
        ),
      )
      .orderBy(asc(entities.name)),
  ])
  return { groups: ofGroups, entities: ofEntities }
}

/** The domains as their readers see them, in the order given. */
export async function domainResources(ctx: Context, rows: DomainRow[]): Promise<DomainResource[]> {
  const [members, nameOf] = await Promise.all([
    membersOf(
      ctx,
      rows.map((row) => row.domain.name),
    ),
    namesOf(rows.map((row) => row.domain.createdBy)),
  ])
  return rows.map(({ domain, team }) => ({
    id: domain.id,
    name: domain.name,
    description: domain.description,
    owner_team: team,
    groups: byDomain(members.groups, domain.name),
    entities: byDomain(members.entities, domain.name),
    sample: domain.sample,
    created_at: isoInstant(domain.createdAt),
    created_by: nameOf(domain.createdBy),
    updated_at: isoInstant(domain.updatedAt),
    etag: etagOf(domain.revision),
  }))
}

export async function domainResource(ctx: Context, row: DomainRow): Promise<DomainResource> {
  const [resource] = await domainResources(ctx, [row])
  if (!resource) throw new Error('One row gives one resource.')
  return resource
}
