import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { catalogDocuments, follows } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { knownAsset, visibleDocument } from './assets'
import type { FollowedResource, FollowResource } from './operations'
import { requireInbox } from './preferences'
import { instantText } from './serialize'

interface Asset {
  kind: FollowResource['asset']['kind']
  name: string
}

const teamIdsOf = (ctx: Context) => ctx.actor.teams.map(({ teamId }) => teamId)

async function followersOf({ kind, name }: Asset): Promise<number> {
  const [row] = await db().execute<{ followers: number }>(sql`
    select count(*)::int as followers from people p where p.disabled_at is null and (
      exists (select 1 from follows f where f.person_id = p.id and f.asset_kind = ${kind} and f.asset_name = ${name} and not f.muted)
      or exists (select 1 from catalog_documents d join team_members m on m.team_id = d.team_id
          where d.kind = ${kind} and d.name = ${name} and m.principal_id = p.id
            and not exists (select 1 from follows f where f.person_id = p.id and f.asset_kind = ${kind} and f.asset_name = ${name} and f.muted)))`)
  return row?.followers ?? 0
}

/** Whether the caller follows an asset. Errors: `not_found`, the same for a hidden one. */
export async function getFollow(ctx: Context, asset: Asset): Promise<FollowResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { teamId } = await knownAsset(ctx, asset)
  const [row] = await db()
    .select({ muted: follows.muted })
    .from(follows)
    .where(
      and(
        eq(follows.personId, ctx.actor.id),
        eq(follows.assetKind, asset.kind),
        eq(follows.assetName, asset.name),
      ),
    )
  const owned = teamIdsOf(ctx).includes(teamId)
  return {
    asset: { kind: asset.kind, name: asset.name },
    following: row ? !row.muted : owned,
    automatic: !row && owned,
    followers: await followersOf(asset),
  }
}

async function setFollow(ctx: Context, asset: Asset, muted: boolean): Promise<FollowResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  await knownAsset(ctx, asset)
  await requireInbox(ctx)
  await db()
    .insert(follows)
    .values({
      personId: ctx.actor.id,
      assetKind: asset.kind,
      assetName: asset.name,
      muted,
      createdAt: ctx.now().toISOString(),
    })
    .onConflictDoUpdate({
      target: [follows.personId, follows.assetKind, follows.assetName],
      set: { muted },
    })
  return getFollow(ctx, asset)
}

/** Its changes come to the caller's inbox. Errors: `not_found`, `invalid` for a service account. */
export const followAsset = (ctx: Context, asset: Asset) => setFollow(ctx, asset, false)

/** They come no longer, also to a member of the owner team. Errors: `not_found`, `invalid` for a service account. */
export const unfollowAsset = (ctx: Context, asset: Asset) => setFollow(ctx, asset, true)

const encode = (key: string) => Buffer.from(key).toString('base64url')

function afterCursor(cursor: string | undefined, key: SQL): SQL | undefined {
  if (cursor === undefined) return undefined
  const after = Buffer.from(cursor, 'base64url').toString()
  if (!/^[a-z]+ [\w:]+$/.test(after)) throw invalidField('/cursor', 'is not a cursor of this list', 'cursor')
  return sql`${key} > ${after}`
}

/** What the caller follows by an act of theirs or because a team of theirs owns it, features with their group. */
export async function listFollows(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ data: FollowedResource[]; meta: { next_cursor: string | null; total: number } }> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const key = sql<string>`${catalogDocuments.kind} || ' ' || ${catalogDocuments.name}`
  const ids = teamIdsOf(ctx)
  const owned =
    ids.length === 0
      ? sql`false`
      : sql`(${catalogDocuments.teamId} in (${sql.join(
          ids.map((id) => sql`${id}`),
          sql`, `,
        )}) and ${catalogDocuments.kind} <> 'feature')`
  const own = and(
    eq(follows.personId, ctx.actor.id),
    eq(follows.assetKind, catalogDocuments.kind),
    eq(follows.assetName, catalogDocuments.name),
  )
  const mine = and(visibleDocument(ctx), or(eq(follows.muted, false), and(isNull(follows.personId), owned)))
  const rows = await db()
    .select({
      key,
      kind: catalogDocuments.kind,
      name: catalogDocuments.name,
      owner_team: catalogDocuments.team,
      lifecycle: sql<FollowedResource['lifecycle']>`${catalogDocuments.lifecycle}`,
      automatic: sql<boolean>`${follows.personId} is null`,
      since: sql<string | null>`${instantText(follows.createdAt)}`,
    })
    .from(catalogDocuments)
    .leftJoin(follows, own)
    .where(and(mine, afterCursor(cursor, key)))
    .orderBy(key)
    .limit(limit + 1)
  const [counted] = await db()
    .select({ total: sql<number>`count(*)::int` })
    .from(catalogDocuments)
    .leftJoin(follows, own)
    .where(mine)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    data: shown.map(({ key: _, kind, name, ...rest }) => ({ asset: { kind, name }, ...rest })),
    meta: { next_cursor: rows.length > limit && last ? encode(last.key) : null, total: counted?.total ?? 0 },
  }
}
