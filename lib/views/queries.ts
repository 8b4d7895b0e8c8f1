import { eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { people, savedViews, teams } from '@/db/schema'
import { decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { isoInstant } from '@/lib/registry'
import type { ViewResource } from './operations'

type Row = typeof savedViews.$inferSelect
export interface Found {
  view: Row
  owner: string
  team: string | null
}

export const etagOf = ({ revision }: Row): string => `"${revision}"`

const teamIdsOf = (ctx: Context) => ctx.actor.teams.map(({ teamId }) => teamId)

/** Which views the caller may know of. */
export const shownTo = (ctx: Context): SQL =>
  or(eq(savedViews.ownerId, ctx.actor.id), savedViews.everyone, inArray(savedViews.teamId, teamIdsOf(ctx))) ??
  sql`false`

export const selectViews = (executor: Executor = db()) =>
  executor
    .select({ view: savedViews, owner: people.name, team: teams.name })
    .from(savedViews)
    .innerJoin(people, eq(people.id, savedViews.ownerId))
    .leftJoin(teams, eq(teams.id, savedViews.teamId))

/** A view that the caller may know of. Errors: `not_found`, the same for somebody else's own. */
export async function requireView(ctx: Context, id: string, executor: Executor = db()): Promise<Found> {
  const [found] = id.includes('\u0000')
    ? []
    : await selectViews(executor).where(sql`${savedViews.id} = ${id} and ${shownTo(ctx)}`)
  if (!found) throw notFound(`Saved view ${id}`)
  return found
}

/** Its owner; of a shared one also the team's maintainers and who manages the settings. */
export function mayEdit(ctx: Context, { view }: Found): boolean {
  if (view.ownerId === ctx.actor.id) return true
  const maintains = ctx.actor.teams.some(
    ({ teamId, membership }) => teamId === view.teamId && membership === 'maintainer',
  )
  return maintains || decide(ctx, 'settings:manage', systemResource).allowed
}

export function serialize(ctx: Context, found: Found): ViewResource {
  const { view, owner, team } = found
  return {
    id: view.id,
    name: view.name,
    query: view.query,
    shared_with: view.everyone ? 'everyone' : view.teamId === null ? 'nobody' : 'team',
    team,
    owner: { id: view.ownerId, name: owner },
    mine: view.ownerId === ctx.actor.id,
    may_edit: mayEdit(ctx, found),
    created_at: isoInstant(view.createdAt),
    updated_at: isoInstant(view.updatedAt),
    etag: etagOf(view),
  }
}
