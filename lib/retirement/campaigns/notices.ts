import { inArray } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { teams } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { notify } from '@/lib/notify'
import type { CampaignRow } from './queries'

interface News {
  title: string
  body: string
  /** A person gets one of each. */
  occasion: string
}

export const campaignHref = ({ id }: Pick<CampaignRow, 'id'>) => `/operations/campaigns/${id}`

/** Tells the members of teams, each team of itself. Returns how many people. */
export async function tellTeams(
  tx: Executor,
  ctx: Context,
  campaign: CampaignRow,
  teamIds: string[],
  { title, body, occasion }: News,
): Promise<number> {
  if (teamIds.length === 0) return 0
  const known = await tx
    .select({ id: teams.id, name: teams.name })
    .from(teams)
    .where(inArray(teams.id, teamIds))
  let told = 0
  for (const { id, name } of known)
    told += await notify(tx, ctx, {
      kind: 'retirement',
      to: { teams: [id] },
      asset: { kind: 'team', name },
      title,
      body,
      href: campaignHref(campaign),
      once: `campaign:${campaign.id}:${occasion}`,
    })
  return told
}
