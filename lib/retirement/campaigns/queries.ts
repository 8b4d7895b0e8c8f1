import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm'
import { db, type Executor, type Transaction } from '@/db/client'
import { campaigns, catalogDocuments, campaignItems as items, teams } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import type { CampaignSummaryResource } from '../operations'

type Progress = CampaignSummaryResource['progress']

export type CampaignRow = typeof campaigns.$inferSelect
export type ItemRow = typeof items.$inferSelect

const found = (id: string, row: CampaignRow | undefined): CampaignRow => {
  if (!row) throw notFound(`Campaign ${id}`)
  return row
}

const withId = (id: string) => (id.includes('\u0000') ? sql`false` : eq(campaigns.id, id))

/** To read it: nobody waits. Errors: `not_found`. */
export async function requireCampaign(id: string): Promise<CampaignRow> {
  const [row] = await db().select().from(campaigns).where(withId(id))
  return found(id, row)
}

/** Held until the end of the transaction, to change it. Errors: `not_found`. */
export async function lockCampaign(tx: Transaction, id: string): Promise<CampaignRow> {
  const [row] = await tx.select().from(campaigns).where(withId(id)).for('update')
  return found(id, row)
}

const knownTo = (ctx: Context) =>
  visible(ctx, {
    teamId: catalogDocuments.teamId,
    classification: catalogDocuments.classification,
    groupId: catalogDocuments.groupId,
  })

const lineOfItem = and(eq(catalogDocuments.kind, items.kind), eq(catalogDocuments.name, items.name))

/** Items by asset, each with its owner team as it is now, and whether the reader may know of it. */
export async function itemsOf(ctx: Context, campaignId: string, executor: Executor = db()) {
  return executor
    .select({ item: items, team: teams.name, isKnown: sql<boolean>`coalesce((${knownTo(ctx)}), false)` })
    .from(items)
    .leftJoin(catalogDocuments, lineOfItem)
    .leftJoin(teams, eq(teams.id, items.teamId))
    .where(eq(items.campaignId, campaignId))
    .orderBy(asc(items.name), asc(items.version))
}

/** How far campaigns are, of the items that the reader may know of; null: of all of them, for what nobody reads. */
export async function progressOf(ids: string[], ctx: Context | null, executor: Executor = db()) {
  const nothing: Progress = { kept: 0, deprecated: 0, archived: 0, unanswered: 0, failed: 0 }
  const found = new Map<string, Progress>(ids.map((id) => [id, { ...nothing }]))
  if (ids.length === 0) return found
  const count = (which: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${which}))::int`
  const rows = await executor
    .select({
      id: items.campaignId,
      kept: count(sql`${items.answer} = 'keep'`),
      deprecated: count(sql`${items.answer} = 'deprecate'`),
      archived: count(sql`${items.answer} = 'archive'`),
      unanswered: count(sql`${items.answer} is null`),
      failed: count(sql`${items.answer} is null and ${items.failure} is not null`),
    })
    .from(items)
    .leftJoin(catalogDocuments, lineOfItem)
    .where(and(inArray(items.campaignId, ids), ctx ? knownTo(ctx) : undefined))
    .groupBy(items.campaignId)
  for (const { id, ...progress } of rows) found.set(id, progress)
  return found
}

/** Ids of teams whose answer is waited for. */
export async function silentTeams(executor: Executor, campaignId: string): Promise<string[]> {
  const rows = await executor
    .selectDistinct({ id: items.teamId })
    .from(items)
    .where(and(eq(items.campaignId, campaignId), sql`${items.answer} is null`))
  return rows.map(({ id }) => id)
}

export const newestCampaigns = (limit: number, offset: number) =>
  db()
    .select()
    .from(campaigns)
    .orderBy(sql`${campaigns.closedAt} is not null`, desc(campaigns.id))
    .limit(limit)
    .offset(offset)

/** Those that are open and past, or near, their deadline. */
export const dueCampaigns = (until: Date) =>
  db()
    .select()
    .from(campaigns)
    .where(
      and(
        sql`${campaigns.closedAt} is null`,
        or(sql`${campaigns.deadline} <= ${until.toISOString()}::timestamptz`),
      ),
    )
