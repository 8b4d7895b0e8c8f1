import { and, count, eq, gt } from 'drizzle-orm'
import { db, type Executor, withTransaction } from '@/db/client'
import { teamMembers, teams } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { missing } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField, notFound } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { requireMatch } from '@/lib/core/if-match'
import { parseInput } from '@/lib/core/parse-input'
import { announceChange, forget } from './changes'
import { tellWhenDeserted } from './deserted'
import { teamFacts } from './facts'
import { toInstant } from './instants'
import { decodeCursor, pageOf } from './page'
import { findPrincipal, findTeam, membersOf, type TeamRow } from './queries'
import { listQuery, memberInput, type Page, type TeamResource, teamInput } from './resources'

type Members = Awaited<ReturnType<typeof membersOf>>

/** Rises with each change of what is said about it; its members have no part in it. */
export const etagOfTeam = ({ updatedAt }: TeamRow): string => `"${toInstant(updatedAt)}"`

const serialize = (team: TeamRow, members: Members): TeamResource => ({
  name: team.name,
  display_name: team.displayName,
  description: team.description,
  sample: team.sample,
  members: members
    .filter((member) => member.teamId === team.id)
    .map(({ id, name, kind, membership }) => ({ id, name, kind, membership })),
  created_at: toInstant(team.createdAt),
  etag: etagOfTeam(team),
})

export const loadTeam = async (team: TeamRow, executor: Executor = db()) =>
  serialize(team, await membersOf([team.id], executor))

/** All teams by name, with their members. */
export async function listTeams(ctx: Context, input: unknown): Promise<Page<TeamResource>> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const query = parseInput(listQuery, input)
  const after = decodeCursor(query.cursor)
  const [counted] = await db().select({ total: count() }).from(teams)
  const rows = await db()
    .select()
    .from(teams)
    .where(after === undefined ? undefined : gt(teams.name, after))
    .orderBy(teams.name)
    .limit(query.limit + 1)
  const members = await membersOf(rows.map((row) => row.id))
  return pageOf(
    rows,
    query.limit,
    counted?.total ?? 0,
    (row) => row.name,
    (row) => serialize(row, members),
  )
}

/** One team. Errors: `forbidden`, `not_found`. */
export async function getTeam(ctx: Context, name: string): Promise<TeamResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const team = name.includes('\u0000') ? null : await findTeam(name)
  if (!team) throw missing('team', name)
  return loadTeam(team)
}

/** Creates a team without members. Errors: `forbidden`, `invalid`, `conflict` when the name is taken. */
export async function createTeam(
  ctx: Context,
  input: unknown,
  { sample = false }: { sample?: boolean } = {},
): Promise<TeamResource> {
  await authorizeAtAll(ctx, 'people:manage')
  const { name, display_name, description } = parseInput(teamInput, input)
  const id = newId()
  // Nobody maintains it yet: whoever may create teams at all may create this one.
  const facts = { ...teamFacts({ id, name }), teamId: null, team: null }
  const decision = await authorize(ctx, 'people:manage', facts)
  const created = await withTransaction(async (tx) => {
    const [team] = await tx
      .insert(teams)
      .values({ id, name, displayName: display_name || name, description, sample })
      .onConflictDoNothing({ target: teams.name })
      .returning()
    if (!team) throw new DomainError('conflict', `There is a team ${name} already.`)
    const resource = await loadTeam(team, tx)
    await record(tx, ctx, {
      action: 'people:manage',
      resource: facts,
      decision,
      after: resource,
      environment: null,
    })
    await announceChange(tx)
    return resource
  })
  forget()
  return created
}

/** Adds somebody to a team or changes their membership. Errors: `forbidden`, `not_found`, `invalid`. */
export async function setTeamMember(ctx: Context, teamName: string, input: unknown): Promise<TeamResource> {
  await authorizeAtAll(ctx, 'people:manage')
  const { person, membership } = parseInput(memberInput, input)
  const team = teamName.includes('\u0000') ? null : await findTeam(teamName)
  if (!team) throw missing('team', teamName)
  const facts = teamFacts(team)
  const decision = await authorize(ctx, 'people:manage', facts)
  const principal = await findPrincipal(person)
  if (!principal) throw invalidField('/person', `There is no person ${person}.`, 'unknown_person')
  const changed = await withTransaction(async (tx) => {
    await tx
      .insert(teamMembers)
      .values({ teamId: team.id, principalId: principal.id, membership })
      .onConflictDoUpdate({ target: [teamMembers.teamId, teamMembers.principalId], set: { membership } })
    await record(tx, ctx, {
      action: 'people:manage',
      resource: facts,
      decision,
      after: { member: principal.name, membership },
      environment: null,
    })
    await announceChange(tx)
    return loadTeam(team, tx)
  })
  forget()
  return changed
}

/**
 * Takes somebody out of a team, in force at once. What the team owns stays the team's. Errors: `forbidden`,
 * `not_found` for who is no member, `precondition_required`.
 */
export async function removeTeamMember(
  ctx: Context,
  { name, person, ifMatch }: { name: string; person: string; ifMatch: string | null },
): Promise<void> {
  await authorizeAtAll(ctx, 'people:manage')
  requireMatch(ifMatch)
  const team = name.includes('\u0000') ? null : await findTeam(name)
  if (!team) throw missing('team', name)
  const facts = teamFacts(team)
  const decision = await authorize(ctx, 'people:manage', facts)
  const member = (await membersOf([team.id])).find(({ id }) => id === person)
  if (!member) throw notFound(`Member ${person} of team ${name}`)
  await withTransaction(async (tx) => {
    await tellWhenDeserted(tx, ctx, member.id, team.id)
    await tx
      .delete(teamMembers)
      .where(and(eq(teamMembers.teamId, team.id), eq(teamMembers.principalId, member.id)))
    const before = { member: member.name, membership: member.membership }
    await record(tx, ctx, { action: 'people:manage', resource: facts, decision, before, environment: null })
    await announceChange(tx)
  })
  forget()
}
