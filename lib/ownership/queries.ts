import { and, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, type Executor } from '@/db/client'
import { ownershipTransfers, people, teamMembers, teams } from '@/db/schema'
import { decide, type ResourceFacts, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalidField, notFound } from '@/lib/core/errors'
import { isoInstant } from '@/lib/registry'
import { knownOf } from './assets'
import type { ListTransfersQuery, TransferResource } from './operations'

const fromTeams = alias(teams, 'from_teams')
const toTeams = alias(teams, 'to_teams')

export interface TransferRow {
  transfer: typeof ownershipTransfers.$inferSelect
  from: string
  to: string
}

const select = (executor: Executor) =>
  executor
    .select({ transfer: ownershipTransfers, from: fromTeams.name, to: toTeams.name })
    .from(ownershipTransfers)
    .innerJoin(fromTeams, eq(fromTeams.id, ownershipTransfers.fromTeamId))
    .innerJoin(toTeams, eq(toTeams.id, ownershipTransfers.toTeamId))

/** A team as the policies see it: it belongs to itself. */
export const teamResource = (id: string, name: string): ResourceFacts => ({
  ...systemResource,
  kind: 'team',
  id,
  name,
  teamId: id,
  team: name,
})

const seesAll = (ctx: Context) => decide(ctx, 'people:manage', systemResource).allowed

/** From and to one's own teams, and what one proposed; for those who manage people all. */
function mine(ctx: Context): SQL | undefined {
  if (seesAll(ctx)) return undefined
  const own = ctx.actor.teams.map(({ teamId }) => teamId)
  return or(
    own.length > 0 ? inArray(ownershipTransfers.fromTeamId, own) : undefined,
    own.length > 0 ? inArray(ownershipTransfers.toTeamId, own) : undefined,
    eq(ownershipTransfers.proposedBy, ctx.actor.id),
  )
}

/** A transfer that the caller has to do with. Errors: `not_found`. */
export async function requireTransfer(
  ctx: Context,
  id: string,
  executor: Executor = db(),
): Promise<TransferRow> {
  const [row] = id.includes('\u0000')
    ? []
    : await select(executor).where(and(eq(ownershipTransfers.id, id), mine(ctx)))
  if (!row) throw notFound(`Ownership transfer ${id}`)
  return row
}

const mayDecide = (ctx: Context, { transfer, to }: TransferRow) =>
  decide(ctx, 'people:manage', teamResource(transfer.toTeamId, to))

const mayWithdraw = (ctx: Context, { transfer, from }: TransferRow) =>
  decide(ctx, 'people:manage', teamResource(transfer.fromTeamId, from))

/** As the caller sees them: without the assets that they may not know of. */
export async function transferResources(ctx: Context, rows: TransferRow[]): Promise<TransferResource[]> {
  const known = await knownOf(
    ctx,
    rows.flatMap(({ transfer }) => transfer.assets),
  )
  return rows.map((row) => {
    const { transfer, from, to } = row
    const decision = mayDecide(ctx, row)
    const own = transfer.proposedBy === ctx.actor.id
    const withdrawal = mayWithdraw(ctx, row)
    return {
      id: transfer.id,
      from_team: from,
      to_team: to,
      assets: transfer.assets.filter(known),
      reason: transfer.reason,
      state: transfer.state,
      forced: transfer.forced,
      proposed_by: transfer.proposedByName,
      created_at: isoInstant(transfer.createdAt),
      decided_by: transfer.decidedByName,
      decided_at: transfer.decidedAt && isoInstant(transfer.decidedAt),
      decision_reason: transfer.decisionReason,
      acts:
        transfer.state === 'proposed'
          ? {
              decide: { allowed: decision.allowed, rule: decision.rule },
              withdraw: {
                allowed: own || withdrawal.allowed,
                rule: own ? 'Who proposed it may withdraw it.' : withdrawal.rule,
              },
            }
          : null,
    }
  })
}

const looksLikeId = /^[0-9a-f]{32}$/

/** Transfers that the caller has to do with, newest first. */
export async function selectTransfers(ctx: Context, query: ListTransfersQuery) {
  const { state, team, limit, cursor } = query
  if (cursor !== undefined && !looksLikeId.test(cursor))
    throw invalidField('/cursor', 'is not a cursor of this list', 'cursor')
  const filter = and(
    mine(ctx),
    state ? eq(ownershipTransfers.state, state) : undefined,
    team ? or(eq(fromTeams.name, team), eq(toTeams.name, team)) : undefined,
  )
  const rows = await select(db())
    .where(and(filter, cursor ? lt(ownershipTransfers.id, cursor) : undefined))
    .orderBy(desc(ownershipTransfers.id))
    .limit(limit + 1)
  const [counted] = await db()
    .select({ total: sql<number>`count(*)::int` })
    .from(ownershipTransfers)
    .innerJoin(fromTeams, eq(fromTeams.id, ownershipTransfers.fromTeamId))
    .innerJoin(toTeams, eq(toTeams.id, ownershipTransfers.toTeamId))
    .where(filter)
  return { rows, total: counted?.total ?? 0 }
}

/** Who decides for a team: its maintainers, else all its members, else those who manage people. */
export async function decidersOf(tx: Executor, teamId: string): Promise<string[]> {
  const members = await tx
    .select({ id: people.id, membership: teamMembers.membership })
    .from(teamMembers)
    .innerJoin(people, and(eq(people.id, teamMembers.principalId), sql`${people.disabledAt} is null`))
    .where(eq(teamMembers.teamId, teamId))
  const maintainers = members.filter(({ membership }) => membership === 'maintainer')
  return (maintainers.length > 0 ? maintainers : members).map(({ id }) => id)
}
