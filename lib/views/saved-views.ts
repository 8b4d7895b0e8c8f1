import { eq, sql } from 'drizzle-orm'
import { db, type Transaction, withTransaction } from '@/db/client'
import { people, savedViews } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import { decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { requireMatch } from '@/lib/core/if-match'
import { parseInput } from '@/lib/core/parse-input'
import { offsetOf, onDuplicate, pageOf } from '@/lib/registry'
import {
  createViewInput,
  type ListViewsQuery,
  updateViewInput,
  type ViewPage,
  type ViewResource,
} from './operations'
import { etagOf, type Found, mayEdit, requireView, selectViews, serialize, shownTo } from './queries'

const mostViews = 200

/** The caller's own views, those of their teams and of everyone, by name. */
export async function listViews(ctx: Context, { limit, cursor }: ListViewsQuery): Promise<ViewPage> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const offset = offsetOf(cursor)
  const rows = await selectViews()
    .where(shownTo(ctx))
    .orderBy(sql`lower(${savedViews.name})`, savedViews.id)
    .limit(limit)
    .offset(offset)
  const total = await db().$count(savedViews, shownTo(ctx))
  return pageOf(
    rows.map((found) => serialize(ctx, found)),
    offset,
    limit,
    total,
  )
}

/** Errors: `not_found`. */
export async function getView(ctx: Context, id: string): Promise<ViewResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  return serialize(ctx, await requireView(ctx, id))
}

interface Sharing {
  everyone: boolean
  teamId: string | null
}

/** Who is to see it. Errors: `invalid` at `/team` for one that the caller is not in. */
function sharingOf(ctx: Context, sharedWith: ViewResource['shared_with'], team: string | undefined): Sharing {
  if (sharedWith !== 'team') {
    if (team !== undefined) throw invalidField('/team', 'goes with `shared_with: "team"` alone', 'not_team')
    return { everyone: sharedWith === 'everyone', teamId: null }
  }
  const own = ctx.actor.teams.find((one) => one.team === team)
  if (!own) throw invalidField('/team', 'is no team that you are in', 'not_a_member')
  return { everyone: false, teamId: own.teamId }
}

/** What one keeps for oneself is one's own affair: the log says who did what to which view. */
const recordAct = (
  tx: Transaction,
  ctx: Context,
  reason: string,
  change: { before?: unknown; after?: unknown },
) =>
  record(tx, ctx, {
    action: 'catalog:describe',
    resource: systemResource,
    decision: decide(ctx, 'catalog:describe', systemResource),
    reason,
    ...change,
    environment: null,
  })

const shown = (ctx: Context, found: Found) => {
  const { id, name, query, shared_with, team } = serialize(ctx, found)
  return { view: id, name, query, shared_with, team }
}

const nameTaken = (name: string) => () =>
  new DomainError('conflict', `You have a view called “${name}” already.`, {
    errors: [{ pointer: '/name', reason: 'is the name of another view of yours', code: 'taken' }],
  })

async function requireRoom(tx: Transaction, ctx: Context) {
  const [person] = await tx
    .select({ id: people.id })
    .from(people)
    .where(eq(people.id, ctx.actor.id))
    .for('update')
  if (!person) throw invalidField('', 'A service account keeps no views.', 'no_person')
  if ((await tx.$count(savedViews, eq(savedViews.ownerId, person.id))) >= mostViews)
    throw new DomainError('conflict', `You keep ${mostViews} views, which is as many as there may be.`)
}

/** Keeps a view. Errors: `conflict` for a name that the caller uses, `invalid` (team, a service account). */
export async function createView(ctx: Context, body: unknown): Promise<ViewResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { name, query, shared_with, team } = parseInput(createViewInput, body)
  const sharing = sharingOf(ctx, shared_with, team)
  const id = newId(ctx.now().getTime())
  const at = ctx.now().toISOString()
  const made = await onDuplicate(
    () =>
      withTransaction(async (tx) => {
        await requireRoom(tx, ctx)
        await tx
          .insert(savedViews)
          .values({ id, ownerId: ctx.actor.id, name, query, ...sharing, createdAt: at, updatedAt: at })
        const found = await requireView(ctx, id, tx)
        await recordAct(tx, ctx, `View kept: ${name}`, { after: shown(ctx, found) })
        return found
      }),
    nameTaken(name),
  )
  return serialize(ctx, made)
}

/** The view, locked, for who may change it, as they saw it. */
async function lockForEdit(
  tx: Transaction,
  ctx: Context,
  { id, ifMatch }: { id: string; ifMatch: string | null },
): Promise<Found> {
  await requireView(ctx, id, tx)
  await tx.select({ id: savedViews.id }).from(savedViews).where(eq(savedViews.id, id)).for('update')
  const found = await requireView(ctx, id, tx)
  if (!mayEdit(ctx, found)) {
    const rule = 'A view is changed by who keeps it, a shared one also by the team’s maintainers.'
    throw new DomainError('forbidden', rule, {
      decision: {
        action: 'catalog:describe',
        resource: 'saved view',
        rule,
        missing: ['to be its owner'],
        who_can_help: [found.owner],
      },
    })
  }
  requireMatch(ifMatch, etagOf(found.view))
  return found
}

/** Renames, changes or shares a view. Errors: `forbidden`, `not_found`, `conflict`, `invalid`, `precondition_…`. */
export async function updateView(
  ctx: Context,
  id: string,
  body: unknown,
  ifMatch: string | null,
): Promise<ViewResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { name, query, shared_with, team } = parseInput(updateViewInput, body)
  const after = await onDuplicate(
    () =>
      withTransaction(async (tx) => {
        const before = await lockForEdit(tx, ctx, { id, ifMatch })
        const sharing =
          shared_with === undefined && team === undefined
            ? {}
            : sharingOf(ctx, shared_with ?? serialize(ctx, before).shared_with, team)
        await tx
          .update(savedViews)
          .set({
            ...(name === undefined ? {} : { name }),
            ...(query === undefined ? {} : { query }),
            ...sharing,
            revision: sql`${savedViews.revision} + 1`,
            updatedAt: ctx.now().toISOString(),
          })
          .where(eq(savedViews.id, id))
        const [found] = await selectViews(tx).where(eq(savedViews.id, id))
        if (!found) throw new Error('An update found no row.')
        await recordAct(tx, ctx, `View changed: ${found.view.name}`, {
          before: shown(ctx, before),
          after: shown(ctx, found),
        })
        return found
      }),
    nameTaken(name ?? ''),
  )
  return serialize(ctx, after)
}

/** Errors: `forbidden`, `not_found`, `precondition_required`, `precondition_failed`. */
export async function deleteView(ctx: Context, id: string, ifMatch: string | null): Promise<void> {
  await authorizeAtAll(ctx, 'catalog:describe')
  await withTransaction(async (tx) => {
    const before = await lockForEdit(tx, ctx, { id, ifMatch })
    await tx.delete(savedViews).where(eq(savedViews.id, id))
    await recordAct(tx, ctx, `View deleted: ${before.view.name}`, { before: shown(ctx, before) })
  })
}
