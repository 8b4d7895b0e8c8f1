import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { teams } from '@/db/schema'
import { authorize, authorizeAtAll } from '@/lib/audit'
import { decide, missing, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { authorizeWhereItStands } from '@/lib/registry'
import { assetsOfTeam, changingAct, factsOfAsset } from './assets'
import type { OwnedAsset } from './operations'
import { teamResource } from './queries'

/** All that a team owns, for those who look after it. Errors: `forbidden`, `not_found`. */
export async function teamHoldings(ctx: Context, name: string): Promise<OwnedAsset[]> {
  await authorizeAtAll(ctx, 'people:manage')
  const [team] = await db().select({ id: teams.id }).from(teams).where(eq(teams.name, name))
  if (!team) throw missing('team', name)
  await authorize(ctx, 'people:manage', teamResource(team.id, name))
  return assetsOfTeam(team.id)
}

/** The team of an asset that the caller may give away. Errors: `forbidden`, `not_found`. */
export async function canGive(ctx: Context, asset: OwnedAsset): Promise<string> {
  const facts = await factsOfAsset(ctx, asset)
  if (!decide(ctx, 'people:manage', systemResource).allowed)
    await authorizeWhereItStands(ctx, changingAct[asset.kind], facts)
  return facts.team ?? ''
}
