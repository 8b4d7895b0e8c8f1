import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { catalogDocuments, feedback } from '@/db/schema'
import { decide, systemResource, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { assetResource, changing, type KnownAsset } from '@/lib/notify'
import { followedKinds } from '@/lib/notify/operations'
import { isoInstant } from '@/lib/registry'
import type { FeedbackResource } from './operations'

/** With the asset as it stands now; null when there is none, or none any more. */
export interface Found {
  row: typeof feedback.$inferSelect
  asset: KnownAsset | null
}

const administers = (ctx: Context): boolean => decide(ctx, 'settings:manage', systemResource).allowed

/** Whose assets the caller answers for: the teams that they are in or have a role for. */
const teamIdsOf = ({ actor }: Context): string[] => [
  ...new Set([
    ...actor.teams.map(({ teamId }) => teamId),
    ...actor.roles.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])),
  ]),
]

/** What the caller may know of: what is said of a hidden asset is hidden with it, of one that is gone it stays. */
export const shownTo = (ctx: Context): SQL | undefined =>
  and(
    or(
      isNull(catalogDocuments.name),
      visible(ctx, {
        teamId: catalogDocuments.teamId,
        classification: catalogDocuments.classification,
        groupId: catalogDocuments.groupId,
      }),
    ),
    administers(ctx)
      ? undefined
      : or(eq(feedback.authorId, ctx.actor.id), inArray(catalogDocuments.teamId, teamIdsOf(ctx))),
  )

export const documentOfFeedback = and(
  sql`${catalogDocuments.kind} = ${feedback.assetKind}`,
  eq(catalogDocuments.name, feedback.assetName),
)

export const selectFeedback = (executor: Executor = db()) =>
  executor
    .select({
      row: feedback,
      asset: {
        kind: catalogDocuments.kind,
        name: catalogDocuments.name,
        team: catalogDocuments.team,
        teamId: catalogDocuments.teamId,
        classification: catalogDocuments.classification,
        groupId: catalogDocuments.groupId,
        groupName: catalogDocuments.groupName,
      },
    })
    .from(feedback)
    .leftJoin(catalogDocuments, documentOfFeedback)

/** Errors: `not_found`, the same for what the caller may not know of. */
export async function requireFeedback(ctx: Context, id: string, executor: Executor = db()): Promise<Found> {
  const [found] = id.includes('\u0000')
    ? []
    : await selectFeedback(executor).where(and(eq(feedback.id, id), shownTo(ctx)))
  if (!found) throw notFound(`Feedback ${id}`)
  return found
}

/** Administrators, and who may change the asset. */
const mayClose = (ctx: Context, { asset }: Found): boolean =>
  administers(ctx) || (asset !== null && decide(ctx, changing[asset.kind], assetResource(asset)).allowed)

function assetOf({ assetKind, assetName }: Found['row']): FeedbackResource['asset'] {
  const kind = followedKinds.find((one) => one === assetKind)
  return kind && assetName !== null ? { kind, name: assetName } : null
}

export function serialize(ctx: Context, found: Found): FeedbackResource {
  const { row, asset } = found
  return {
    id: row.id,
    kind: row.kind,
    said: row.said,
    path: row.path,
    form: row.form,
    request_id: row.requestId,
    asset: assetOf(row),
    owner_team: asset?.team ?? null,
    author: row.authorName,
    mine: row.authorId === ctx.actor.id,
    state: row.closedAt === null ? 'open' : 'closed',
    closed_at: row.closedAt && isoInstant(row.closedAt),
    closed_by: row.closedBy,
    closed_reason: row.closedReason,
    may_close: mayClose(ctx, found),
    created_at: isoInstant(row.createdAt),
  }
}
