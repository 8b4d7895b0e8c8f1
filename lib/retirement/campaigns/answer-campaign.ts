import { eq } from 'drizzle-orm'
import { db, inOneTransaction } from '@/db/client'
import { campaignItems } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { authorizeService, authorizeVersion } from '@/lib/registry'
import { attempt, endAsset } from '../end-asset'
import { type Asset, answerCampaignInput, type OutcomeResource } from '../operations'
import { type CampaignRow, type ItemRow, itemsOf, requireCampaign } from './queries'

const assetOf = ({ kind, name, version }: ItemRow): Asset =>
  kind === 'group' ? { kind, name, version } : { kind, name }

/** Keeping is the owner's word: audited, and nothing else changes. */
async function keep(ctx: Context, asset: Asset, reason: string): Promise<void> {
  const action = asset.kind === 'group' ? 'group:update' : 'service:update'
  const decision =
    asset.kind === 'group'
      ? await authorizeVersion(ctx, action, { group: asset.name, version: asset.version })
      : await authorizeService(ctx, asset.name)
  await record(db(), ctx, {
    action,
    resource: { kind: asset.kind, name: asset.name },
    decision,
    reason: `Kept: ${reason}`,
    environment: null,
  })
}

function requireOpen(ctx: Context, { title, closedAt, deadline }: CampaignRow): void {
  if (closedAt !== null) throw new DomainError('conflict', `Campaign ${title} is closed.`)
  if (Date.parse(deadline) <= ctx.now().getTime())
    throw new DomainError('conflict', `Campaign ${title} ended on ${deadline.slice(0, 10)}.`)
}

/**
 * Answers items: keeps, deprecates or archives each at once, with the rights that the act itself asks for. An answer
 * can be given once; what was refused can be tried again. Errors: `conflict` when the campaign is over, `invalid` for
 * items that are not in it; else an outcome each.
 */
export async function answerCampaign(
  ctx: Context,
  id: string,
  body: unknown,
): Promise<{ results: OutcomeResource[] }> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { items: ids, answer, reason, sunset_at } = parseInput(answerCampaignInput, body)
  requireOpen(ctx, await requireCampaign(id))
  const known = (await itemsOf(ctx, id)).filter(({ isKnown }) => isKnown)
  const chosen = ids.map((one, at) => {
    const found = known.find(({ item }) => item.id === one)
    if (!found) throw invalidField(`/items/${at}`, 'is no item of this campaign', 'unknown_item')
    return found.item
  })
  const results: OutcomeResource[] = []
  for (const item of chosen) {
    const asset = assetOf(item)
    const outcome = await attempt(asset, () =>
      inOneTransaction(async () => {
        await requireUnanswered(item.id)
        if (answer === 'keep') await keep(ctx, asset, reason)
        else await endAsset(ctx, asset, { act: answer, reason, sunset_at })
        await write(item.id, {
          answer,
          answerReason: reason,
          answeredBy: ctx.actor.id,
          answeredAt: ctx.now().toISOString(),
          failure: null,
        })
      }),
    )
    if (outcome.because !== null && item.answer === null) await write(item.id, { failure: outcome.because })
    results.push(outcome)
  }
  return { results }
}

/** Two who answer the same item: the second is told. */
async function requireUnanswered(itemId: string): Promise<void> {
  const [row] = await db().select().from(campaignItems).where(eq(campaignItems.id, itemId)).for('update')
  if (row?.answer) throw new DomainError('conflict', `It was answered already: ${row.answer}.`)
}

const write = (id: string, columns: Partial<typeof campaignItems.$inferInsert>) =>
  db().update(campaignItems).set(columns).where(eq(campaignItems.id, id))
