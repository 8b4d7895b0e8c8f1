import { db } from '@/db/client'
import { campaigns } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { isoInstant, namesOf, offsetOf, pageOf } from '@/lib/registry'
import type { CampaignItemResource, CampaignResource, CampaignSummaryResource } from '../operations'
import {
  type CampaignRow,
  type ItemRow,
  itemsOf,
  newestCampaigns,
  progressOf,
  requireCampaign,
} from './queries'

type NameOf = (id: string) => string

const summaryOf = (
  row: CampaignRow,
  progress: CampaignSummaryResource['progress'] | undefined,
  nameOf: NameOf,
): CampaignSummaryResource => ({
  id: row.id,
  title: row.title,
  deadline: isoInstant(row.deadline),
  created_by: nameOf(row.createdBy),
  created_at: isoInstant(row.createdAt),
  closed_at: row.closedAt && isoInstant(row.closedAt),
  progress: progress ?? { kept: 0, deprecated: 0, archived: 0, unanswered: 0, failed: 0 },
})

const itemOf = (item: ItemRow, team: string | null, nameOf: NameOf): CampaignItemResource => ({
  id: item.id,
  kind: item.kind,
  name: item.name,
  version: item.kind === 'group' ? item.version : null,
  owner_team: team ?? '',
  because: item.because,
  answer: item.answer,
  reason: item.answerReason,
  answered_by: item.answeredBy && nameOf(item.answeredBy),
  answered_at: item.answeredAt && isoInstant(item.answeredAt),
  failure: item.failure,
})

/** A campaign with the items that the reader may know of: others are in no count. Errors: `not_found`. */
export async function getCampaign(ctx: Context, id: string): Promise<CampaignResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const row = await requireCampaign(id)
  const known = (await itemsOf(ctx, id)).filter(({ isKnown }) => isKnown)
  const people = [row.createdBy, row.closedBy, ...known.map(({ item }) => item.answeredBy)]
  const nameOf = await namesOf(people.filter((one) => one !== null))
  return {
    ...summaryOf(row, (await progressOf([id], ctx)).get(id), nameOf),
    body: row.body,
    reminded_at: row.remindedAt && isoInstant(row.remindedAt),
    closed_by: row.closedBy && nameOf(row.closedBy),
    items: known.map(({ item, team }) => itemOf(item, team, nameOf)),
  }
}

/** Open campaigns first, then the newest. */
export async function listCampaigns(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  await authorizeAtAll(ctx, 'catalog:describe')
  const offset = offsetOf(cursor)
  const [rows, total] = await Promise.all([newestCampaigns(limit, offset), db().$count(campaigns)])
  const progress = await progressOf(
    rows.map(({ id }) => id),
    ctx,
  )
  const nameOf = await namesOf(rows.map(({ createdBy }) => createdBy))
  return pageOf(
    rows.map((row) => summaryOf(row, progress.get(row.id), nameOf)),
    offset,
    limit,
    total,
  )
}
