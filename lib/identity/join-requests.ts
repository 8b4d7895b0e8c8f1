import { and, asc, eq, isNull } from 'drizzle-orm'
import { db, type Executor, type Transaction, withTransaction } from '@/db/client'
import { people, teamJoinRequests, teamMembers, teams } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { decide, missing } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, notFound } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { notify } from '@/lib/notify'
import { announceChange, forget } from './changes'
import { teamFacts } from './facts'
import { instantOrNull, toInstant } from './instants'
import {
  type JoinRequestResource,
  type JoinRequestsQuery,
  joinDecisionInput,
  joinInput,
} from './join-operations'
import { findTeam } from './queries'

interface JoinRow {
  request: typeof teamJoinRequests.$inferSelect
  team: string
  person: string
}

const select = (executor: Executor) =>
  executor
    .select({ request: teamJoinRequests, team: teams.name, person: people.name })
    .from(teamJoinRequests)
    .innerJoin(teams, eq(teams.id, teamJoinRequests.teamId))
    .innerJoin(people, eq(people.id, teamJoinRequests.personId))

const factsOf = ({ request, team }: JoinRow) => teamFacts({ id: request.teamId, name: team })

const mayDecide = (ctx: Context, row: JoinRow) => decide(ctx, 'people:manage', factsOf(row)).allowed

const isMine = (ctx: Context, { request }: JoinRow) => request.personId === ctx.actor.id

function serialize(ctx: Context, row: JoinRow): JoinRequestResource {
  const { request, team, person } = row
  return {
    id: request.id,
    team,
    person: { id: request.personId, name: person },
    reason: request.reason,
    state: request.state,
    mine: isMine(ctx, row),
    may_decide: request.state === 'waiting' && mayDecide(ctx, row),
    created_at: toInstant(request.createdAt),
    decided_by: request.decidedByName,
    decided_at: instantOrNull(request.decidedAt),
    decision_reason: request.decisionReason,
  }
}

/** Whoever asked, and whoever decides: to anybody else the request is not there. */
async function requireRequest(ctx: Context, id: string, executor: Executor = db()): Promise<JoinRow> {
  const [row] = id.includes('\u0000') ? [] : await select(executor).where(eq(teamJoinRequests.id, id))
  if (!row || !(isMine(ctx, row) || mayDecide(ctx, row))) throw notFound(`Request ${id}`)
  return row
}

const mostListed = 200

/** The caller's own requests, and those that the caller decides, oldest first. */
export async function listJoinRequests(
  ctx: Context,
  { state, team }: JoinRequestsQuery,
): Promise<{ data: JoinRequestResource[] }> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const rows = await select(db())
    .where(and(eq(teamJoinRequests.state, state), team === undefined ? undefined : eq(teams.name, team)))
    .orderBy(asc(teamJoinRequests.id))
  const own = rows.filter((row) => isMine(ctx, row) || mayDecide(ctx, row))
  return { data: own.slice(0, mostListed).map((row) => serialize(ctx, row)) }
}

async function maintainersOf(tx: Transaction, teamId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: teamMembers.principalId })
    .from(teamMembers)
    .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.membership, 'maintainer')))
  return rows.map(({ id }) => id)
}

async function refuseMember(tx: Transaction, ctx: Context, team: { id: string; name: string }) {
  const [person] = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, ctx.actor.id), isNull(people.disabledAt)))
  if (!person) throw new DomainError('conflict', 'A service account joins no team: a maintainer adds it.')
  const [member] = await tx
    .select({ id: teamMembers.principalId })
    .from(teamMembers)
    .where(and(eq(teamMembers.teamId, team.id), eq(teamMembers.principalId, ctx.actor.id)))
  if (member) throw new DomainError('conflict', `You belong to team ${team.name} already.`)
}

/** Asks to become a member. Errors: `not_found`, `invalid`, `conflict` for a member or a second request. */
export async function requestToJoin(ctx: Context, name: string, body: unknown): Promise<JoinRequestResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { reason } = parseInput(joinInput, body)
  const team = name.includes('\u0000') ? null : await findTeam(name)
  if (!team) throw missing('team', name)
  const id = newId(ctx.now().getTime())
  await withTransaction(async (tx) => {
    await refuseMember(tx, ctx, team)
    const made = await tx
      .insert(teamJoinRequests)
      .values({
        id,
        teamId: team.id,
        personId: ctx.actor.id,
        reason,
        state: 'waiting',
        createdAt: ctx.now().toISOString(),
      })
      .onConflictDoNothing()
      .returning({ id: teamJoinRequests.id })
    if (made.length === 0) throw new DomainError('conflict', `You have asked to join team ${name} already.`)
    const facts = teamFacts(team)
    await record(tx, ctx, {
      action: 'catalog:describe',
      resource: facts,
      decision: decide(ctx, 'catalog:describe', facts),
      reason: `Asked to join: ${reason}`,
      after: { request: id },
      environment: null,
    })
    await notify(tx, ctx, {
      kind: 'ownership',
      to: { people: await maintainersOf(tx, team.id) },
      asset: { kind: 'team', name },
      title: `${ctx.actor.name} asks to join team \`${name}\``,
      body: reason,
      href: '/settings/ownership',
      once: `join:${id}`,
    })
  })
  return serialize(ctx, await requireRequest(ctx, id))
}

async function settle(
  ctx: Context,
  id: string,
  state: 'accepted' | 'declined' | 'withdrawn',
  body: unknown,
): Promise<JoinRequestResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { reason, membership } = parseInput(joinDecisionInput, body ?? {})
  const found = await requireRequest(ctx, id)
  if (state === 'withdrawn' && !isMine(ctx, found))
    throw new DomainError('conflict', 'Only who asked withdraws a request; you can decline it.')
  const facts = factsOf(found)
  const decision =
    state === 'withdrawn'
      ? decide(ctx, 'catalog:describe', facts)
      : await authorize(ctx, 'people:manage', facts)
  await withTransaction(async (tx) => {
    const { teamId, personId } = found.request
    const changed = await tx
      .update(teamJoinRequests)
      .set({
        state,
        decidedBy: ctx.actor.id,
        decidedByName: ctx.actor.name,
        decidedAt: ctx.now().toISOString(),
        decisionReason: reason ?? null,
      })
      .where(and(eq(teamJoinRequests.id, id), eq(teamJoinRequests.state, 'waiting')))
      .returning({ id: teamJoinRequests.id })
    if (changed.length === 0) throw new DomainError('conflict', 'This request is decided already.')
    if (state === 'accepted')
      await tx.insert(teamMembers).values({ teamId, principalId: personId, membership }).onConflictDoNothing()
    await record(tx, ctx, {
      action: state === 'withdrawn' ? 'catalog:describe' : 'people:manage',
      resource: facts,
      decision,
      after: { request: id, person: found.person, state, ...(state === 'accepted' ? { membership } : {}) },
      ...(reason === undefined ? {} : { reason }),
      environment: null,
    })
    if (state !== 'withdrawn')
      await notify(tx, ctx, {
        kind: 'ownership',
        to: { people: [personId] },
        asset: { kind: 'team', name: found.team },
        title:
          state === 'accepted'
            ? `You belong to team \`${found.team}\` now`
            : `Team \`${found.team}\` declined your request to join`,
        body: reason ?? '',
        href: '/settings/ownership',
      })
    await announceChange(tx)
  })
  forget()
  return serialize(ctx, { ...found, ...(await reread(id)) })
}

async function reread(id: string): Promise<JoinRow> {
  const [row] = await select(db()).where(eq(teamJoinRequests.id, id))
  if (!row) throw notFound(`Request ${id}`)
  return row
}

/** Takes somebody into the team. Errors: `forbidden`, `not_found`, `conflict` for what is decided. */
export const acceptJoin = (ctx: Context, id: string, body: unknown) => settle(ctx, id, 'accepted', body)

/** Says no. Errors: as `acceptJoin`. */
export const declineJoin = (ctx: Context, id: string, body: unknown) => settle(ctx, id, 'declined', body)

/** Takes one's own request back. Errors: `not_found`, `conflict`. */
export const withdrawJoin = (ctx: Context, id: string, body: unknown) => settle(ctx, id, 'withdrawn', body)
