import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { db, withTransaction } from '@/db/client'
import { announcementDismissals, announcements, people } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { type Action, type Decision, decide, type ResourceFacts, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField, notFound } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import {
  assetResource,
  authorizeChange,
  changing,
  type KnownAsset,
  knownAsset,
  mayChange,
  notify,
} from '@/lib/notify'
import { isoInstant } from '@/lib/registry'
import {
  type AnnouncedAsset,
  type AnnouncementResource,
  announceInput,
  type ListAnnouncementsQuery,
} from './operations'

type Row = typeof announcements.$inferSelect

interface Place {
  asset: AnnouncedAsset | null
  resource: ResourceFacts
  /** What who announces here may do. */
  action: Action
  known: KnownAsset | null
  /** Whether the caller may, wherever the asset stands. */
  decision: Decision
}

/** Errors: `not_found`, the same for a hidden asset. */
async function placeOf(ctx: Context, asset: AnnouncedAsset | null): Promise<Place> {
  if (asset === null) {
    const [action, resource] = ['settings:manage' as const, systemResource]
    return { asset, resource, action, known: null, decision: decide(ctx, action, resource) }
  }
  const { kind, name } = asset
  const known = await knownAsset(ctx, { kind, name })
  return {
    asset: { kind: known.kind, name: known.name },
    resource: assetResource(known),
    action: changing[kind],
    known,
    decision: await mayChange(ctx, known),
  }
}

/** Whether the caller may announce there. Errors: `not_found`, the same for a hidden asset. */
export async function announcementPlace(ctx: Context, asset: AnnouncedAsset | null): Promise<Decision> {
  return (await placeOf(ctx, asset)).decision
}

const authorizePlace = (ctx: Context, { known, action, resource }: Place): Promise<Decision> =>
  known ? authorizeChange(ctx, known) : authorize(ctx, action, resource)

const kinds = Object.keys(changing).filter((kind): kind is AnnouncedAsset['kind'] => kind in changing)

const assetOf = ({ assetKind, assetName }: Row): AnnouncedAsset | null => {
  const kind = kinds.find((one) => one === assetKind)
  return kind ? { kind, name: assetName } : null
}

const serialize = (place: Place, row: Row, dismissed: boolean): AnnouncementResource => ({
  id: row.id,
  asset: place.asset,
  title: row.title,
  body: row.body,
  tone: row.tone,
  from: isoInstant(row.fromAt),
  until: row.untilAt && isoInstant(row.untilAt),
  created_by: row.createdByName,
  created_at: isoInstant(row.createdAt),
  dismissed,
  may_withdraw: place.decision.allowed,
})

const columnsOf = (asset: AnnouncedAsset | null) => ({
  assetKind: asset?.kind ?? 'portal',
  assetName: asset?.name ?? '',
})

/** What is announced now, newest first; put away by the caller or not. Errors: `not_found`, `invalid`. */
export async function listAnnouncements(
  ctx: Context,
  { kind, name, upcoming }: ListAnnouncementsQuery,
): Promise<{ data: AnnouncementResource[] }> {
  await authorizeAtAll(ctx, 'catalog:describe')
  if ((kind === undefined) !== (name === undefined))
    throw invalidField('/name', 'goes with `kind`, and `kind` with it', 'incomplete')
  const place = await placeOf(ctx, kind !== undefined && name !== undefined ? { kind, name } : null)
  const { assetKind, assetName } = columnsOf(place.asset)
  const now = sql`${ctx.now().toISOString()}::timestamptz`
  const rows = await db()
    .select({ row: announcements, dismissed: sql<boolean>`${announcementDismissals.personId} is not null` })
    .from(announcements)
    .leftJoin(
      announcementDismissals,
      and(
        eq(announcementDismissals.announcementId, announcements.id),
        eq(announcementDismissals.personId, ctx.actor.id),
      ),
    )
    .where(
      and(
        eq(announcements.assetKind, assetKind),
        eq(announcements.assetName, assetName),
        isNull(announcements.withdrawnAt),
        sql`(${announcements.untilAt} is null or ${announcements.untilAt} > ${now})`,
        upcoming ? undefined : sql`${announcements.fromAt} <= ${now}`,
      ),
    )
    .orderBy(desc(announcements.id))
    .limit(50)
  return { data: rows.map(({ row, dismissed }) => serialize(place, row, dismissed)) }
}

const rooms = {
  group: 'groups',
  service: 'services',
  dataset: 'datasets',
  entity: 'entities',
  source: 'sources',
}

function hrefOf(asset: AnnouncedAsset | null): string {
  if (asset === null) return '/'
  if (asset.kind !== 'feature') return `/${rooms[asset.kind]}/${encodeURIComponent(asset.name)}`
  const [group = '', feature = ''] = asset.name.split(':')
  return `/groups/${encodeURIComponent(group)}/features/${encodeURIComponent(feature)}`
}

/** Says something to who follows an asset, or to everybody. Errors: `forbidden`, `not_found`, `invalid`. */
export async function announce(ctx: Context, body: unknown): Promise<AnnouncementResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { asset, from, until, ...said } = parseInput(announceInput, body)
  const place = await placeOf(ctx, asset ?? null)
  const decision = await authorizePlace(ctx, place)
  const now = ctx.now()
  if (until !== undefined && Date.parse(until) <= now.getTime())
    throw invalidField('/until', 'lies in the past', 'past')
  const id = newId(now.getTime())
  const row = await withTransaction(async (tx) => {
    const [made] = await tx
      .insert(announcements)
      .values({
        id,
        ...columnsOf(place.asset),
        ...said,
        fromAt: from ?? now.toISOString(),
        untilAt: until ?? null,
        createdBy: ctx.actor.id,
        createdByName: ctx.actor.name,
        createdAt: now.toISOString(),
      })
      .returning()
    if (!made) throw new Error('An announcement was not written.')
    await record(tx, ctx, {
      action: place.action,
      resource: place.resource,
      decision,
      reason: `Announced: ${said.title}`,
      after: { asset: place.asset, announcement: id, ...said, from: made.fromAt, until: made.untilAt },
      environment: null,
    })
    await notify(tx, ctx, {
      kind: 'announcement',
      to: place.asset ? { followers: true } : { everybody: true },
      asset: place.asset ?? { kind: 'portal', name: '' },
      title: said.title,
      body: said.body,
      href: hrefOf(place.asset),
      once: `announcement:${id}`,
    })
    return made
  })
  return serialize(place, row, false)
}

/** One that stands, on an asset that the caller may know of. Errors: `not_found`. */
async function requireAnnouncement(ctx: Context, id: string): Promise<{ row: Row; place: Place }> {
  const missing = notFound(`Announcement ${id}`)
  const [row] = id.includes('\u0000')
    ? []
    : await db()
        .select()
        .from(announcements)
        .where(and(eq(announcements.id, id), isNull(announcements.withdrawnAt)))
  if (!row) throw missing
  try {
    return { row, place: await placeOf(ctx, assetOf(row)) }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') throw missing
    throw error
  }
}

/** Puts it away for the caller alone; their own affair, and not audited. Errors: `not_found`, `invalid`. */
export async function dismissAnnouncement(ctx: Context, id: string): Promise<void> {
  await authorizeAtAll(ctx, 'catalog:describe')
  await requireAnnouncement(ctx, id)
  const [person] = await db().select({ id: people.id }).from(people).where(eq(people.id, ctx.actor.id))
  if (!person) throw invalidField('', 'A service account sees no announcements.', 'no_inbox')
  await db()
    .insert(announcementDismissals)
    .values({ personId: person.id, announcementId: id, createdAt: ctx.now().toISOString() })
    .onConflictDoNothing()
}

/** Ends it for everybody. Errors: `forbidden`, `not_found`. */
export async function withdrawAnnouncement(ctx: Context, id: string): Promise<void> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { row, place } = await requireAnnouncement(ctx, id)
  const decision = await authorizePlace(ctx, place)
  await withTransaction(async (tx) => {
    await tx
      .update(announcements)
      .set({ withdrawnAt: ctx.now().toISOString() })
      .where(eq(announcements.id, id))
    await record(tx, ctx, {
      action: place.action,
      resource: place.resource,
      decision,
      reason: `Announcement withdrawn: ${row.title}`,
      before: { asset: place.asset, announcement: id },
      environment: null,
    })
  })
}
