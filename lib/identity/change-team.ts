import { count, eq, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { type Transaction, withTransaction } from '@/db/client'
import {
  domains,
  entities,
  featureGroups,
  featureServices,
  glossaryTerms,
  roleAssignments,
  sources,
  teamMembers,
  teams,
  trainingDatasets,
} from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { missing } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { requireMatch } from '@/lib/core/if-match'
import { parseInput } from '@/lib/core/parse-input'
import { announceChange, forget } from './changes'
import { teamFacts } from './facts'
import { defaultTeam } from './first-run'
import { findTeam, type TeamRow } from './queries'
import { type TeamResource, teamUpdateInput } from './resources'
import { etagOfTeam, loadTeam } from './teams'

async function lockTeam(tx: Transaction, name: string, ifMatch: string | null): Promise<TeamRow> {
  const [team] = await tx.select().from(teams).where(eq(teams.name, name)).for('update')
  if (!team) throw missing('team', name)
  requireMatch(ifMatch, etagOfTeam(team))
  return team
}

async function authorizeOnTeam(ctx: Context, name: string) {
  const team = name.includes('\u0000') ? null : await findTeam(name)
  if (!team) throw missing('team', name)
  const facts = teamFacts(team)
  return { facts, decision: await authorize(ctx, 'people:manage', facts) }
}

const said = ({ displayName, description }: TeamRow) => ({ display_name: displayName, description })

/**
 * Changes what is said about a team; its name stands in addresses and stays. Errors: `forbidden`, `not_found`,
 * `invalid`, `precondition_required`, `precondition_failed`.
 */
export async function updateTeam(
  ctx: Context,
  name: string,
  body: unknown,
  ifMatch: string | null,
): Promise<TeamResource> {
  await authorizeAtAll(ctx, 'people:manage')
  const { display_name: displayName, description } = parseInput(teamUpdateInput, body)
  const { facts, decision } = await authorizeOnTeam(ctx, name)
  const changed = await withTransaction(async (tx) => {
    const before = await lockTeam(tx, name, ifMatch)
    const [after] = await tx
      .update(teams)
      .set({
        ...(displayName === undefined ? {} : { displayName }),
        ...(description === undefined ? {} : { description }),
        updatedAt: sql`greatest(${ctx.now().toISOString()}::timestamptz, ${teams.updatedAt} + interval '1 microsecond')`,
      })
      .where(eq(teams.id, before.id))
      .returning()
    if (!after) throw new Error('An update found no row.')
    await record(tx, ctx, {
      action: 'people:manage',
      resource: facts,
      decision,
      before: said(before),
      after: said(after),
      environment: null,
    })
    await announceChange(tx)
    return loadTeam(after, tx)
  })
  forget()
  return changed
}

/** What a team can own or be named by, and what to call it. */
const holdings: { table: PgTable; column: PgColumn; one: string; many: string }[] = [
  { table: featureGroups, column: featureGroups.ownerTeamId, one: 'feature group', many: 'feature groups' },
  {
    table: featureServices,
    column: featureServices.ownerTeamId,
    one: 'feature service',
    many: 'feature services',
  },
  { table: entities, column: entities.ownerTeamId, one: 'entity', many: 'entities' },
  { table: domains, column: domains.ownerTeamId, one: 'domain', many: 'domains' },
  { table: glossaryTerms, column: glossaryTerms.ownerTeamId, one: 'term', many: 'terms' },
  { table: sources, column: sources.ownerTeamId, one: 'data source', many: 'data sources' },
  {
    table: trainingDatasets,
    column: trainingDatasets.ownerTeamId,
    one: 'training dataset',
    many: 'training datasets',
  },
  {
    table: roleAssignments,
    column: roleAssignments.teamId,
    one: 'role given for it',
    many: 'roles given for it',
  },
]

/** Counted, not named: whoever manages people need not know of every asset. */
async function holdingsOf(tx: Transaction, teamId: string): Promise<string[]> {
  const found: string[] = []
  for (const { table, column, one, many } of holdings) {
    const [row] = await tx.select({ held: count() }).from(table).where(eq(column, teamId))
    const held = row?.held ?? 0
    if (held > 0) found.push(`${held} ${held === 1 ? one : many}`)
  }
  return found
}

/**
 * Removes a team that owns nothing, with its memberships. Errors: `conflict` with what it owns, and for the built-in
 * team; `forbidden`, `not_found`, `precondition_required`, `precondition_failed`.
 */
export async function deleteTeam(ctx: Context, name: string, ifMatch: string | null): Promise<void> {
  await authorizeAtAll(ctx, 'people:manage')
  const { facts, decision } = await authorizeOnTeam(ctx, name)
  await withTransaction(async (tx) => {
    const team = await lockTeam(tx, name, ifMatch)
    if (name === defaultTeam)
      throw new DomainError('conflict', `Team ${name} is built in: it owns what names no other team.`)
    const users = await holdingsOf(tx, team.id)
    if (users.length > 0)
      throw new DomainError(
        'conflict',
        `Team ${name} is in use (${users.join(', ')}) and stays. Give what it owns to another team first.`,
        { extensions: { users } },
      )
    const before = await loadTeam(team, tx)
    await tx.delete(teamMembers).where(eq(teamMembers.teamId, team.id))
    await tx.delete(teams).where(eq(teams.id, team.id))
    await record(tx, ctx, { action: 'people:manage', resource: facts, decision, before, environment: null })
    await announceChange(tx)
  })
  forget()
}
