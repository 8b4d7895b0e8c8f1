import { eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { campaigns } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { notify } from '@/lib/notify'
import type { CampaignResource } from '../operations'
import { getCampaign } from './get-campaign'
import { campaignHref, tellTeams } from './notices'
import { type CampaignRow, dueCampaigns, lockCampaign, progressOf, silentTeams } from './queries'

const dayMs = 86_400_000
/** Teams that have not answered are reminded when the deadline is this near. */
const remindedDaysBefore = 3

function requireOpen({ title, closedAt }: CampaignRow): void {
  if (closedAt !== null) throw new DomainError('conflict', `Campaign ${title} is closed.`)
}

async function close(tx: Transaction, ctx: Context, campaign: CampaignRow): Promise<void> {
  const summary = (await progressOf([campaign.id], null, tx)).get(campaign.id)
  if (!summary) throw new Error('A campaign without items.')
  await tx
    .update(campaigns)
    .set({ closedAt: ctx.now().toISOString(), closedBy: ctx.actor.id })
    .where(eq(campaigns.id, campaign.id))
  await notify(tx, ctx, {
    kind: 'retirement',
    to: { people: [campaign.createdBy] },
    asset: { kind: 'portal', name: 'retirement' },
    title: `${campaign.title} is closed`,
    body: 'What became of each item stands there; what has no answer stays as it is.',
    href: campaignHref(campaign),
    once: `campaign:${campaign.id}:closed`,
  })
  await record(tx, ctx, {
    action: 'access:recertify',
    resource: systemResource,
    decision: decide(ctx, 'access:recertify', systemResource),
    reason: `Closed campaign: ${campaign.title}`,
    after: { campaign: campaign.id, ...summary },
    environment: null,
  })
}

/** Ends a campaign with its summary; what has no answer stays as it is. Errors: `conflict` when it has ended, `forbidden`. */
export async function closeCampaign(ctx: Context, id: string): Promise<CampaignResource> {
  await authorizeAtAll(ctx, 'access:recertify')
  await authorize(ctx, 'access:recertify', systemResource)
  await withTransaction(async (tx) => {
    const campaign = await lockCampaign(tx, id)
    requireOpen(campaign)
    await close(tx, ctx, campaign)
  })
  return getCampaign(ctx, id)
}

async function remind(tx: Transaction, ctx: Context, campaign: CampaignRow): Promise<number> {
  const day = ctx.now().toISOString().slice(0, 10)
  const told = await tellTeams(tx, ctx, campaign, await silentTeams(tx, campaign.id), {
    title: `Reminder: ${campaign.title}, until ${campaign.deadline.slice(0, 10)}`,
    body: campaign.body,
    occasion: day,
  })
  await tx.update(campaigns).set({ remindedAt: ctx.now().toISOString() }).where(eq(campaigns.id, campaign.id))
  await record(tx, ctx, {
    action: 'access:recertify',
    resource: systemResource,
    decision: decide(ctx, 'access:recertify', systemResource),
    reason: `Reminded of campaign: ${campaign.title}`,
    after: { campaign: campaign.id, told },
    environment: null,
  })
  return told
}

/** Reminds the teams that have not answered, a person once a day. Errors: `conflict` when it has ended, `forbidden`. */
export async function remindCampaign(ctx: Context, id: string): Promise<{ told: number }> {
  await authorizeAtAll(ctx, 'access:recertify')
  await authorize(ctx, 'access:recertify', systemResource)
  return withTransaction(async (tx) => {
    const campaign = await lockCampaign(tx, id)
    requireOpen(campaign)
    return { told: await remind(tx, ctx, campaign) }
  })
}

/** What is due of campaigns: reminders near the deadline, once, and the end on it. For the installation itself. */
export async function tendCampaigns(ctx: Context): Promise<{ reminded: number; closed: number }> {
  const nowMs = ctx.now().getTime()
  const due = await dueCampaigns(new Date(nowMs + remindedDaysBefore * dayMs))
  const done = { reminded: 0, closed: 0 }
  for (const { id } of due)
    await withTransaction(async (tx) => {
      const campaign = await lockCampaign(tx, id)
      if (campaign.closedAt !== null) return
      const deadlineMs = Date.parse(campaign.deadline)
      if (deadlineMs <= nowMs) {
        await close(tx, ctx, campaign)
        done.closed++
        return
      }
      const { remindedAt } = campaign
      const wasReminded =
        remindedAt !== null && Date.parse(remindedAt) >= deadlineMs - remindedDaysBefore * dayMs
      if (!wasReminded) done.reminded += await remind(tx, ctx, campaign)
    })
  return done
}
