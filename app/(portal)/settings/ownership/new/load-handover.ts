import { decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { getTeam, listTeams } from '@/lib/identity'
import { canGive, teamHoldings } from '@/lib/ownership'
import { type OwnedAsset, ownedKinds } from '@/lib/ownership/operations'

const assetOf = (text: string): OwnedAsset => {
  const [kind, name = ''] = text.split(':')
  const known = ownedKinds.find((one) => one === kind)
  if (!known) throw notFound(`Asset ${text}`)
  return { kind: known, name }
}

/** What is to be handed over, and which teams could take it. Errors: `forbidden`, `not_found`. */
export async function loadHandover(ctx: Context, { asset, team }: { asset?: string; team?: string }) {
  const mayForce = decide(ctx, 'people:manage', systemResource).allowed
  const all = (await listTeams(ctx, { limit: 200 })).data.map(({ name }) => name)
  if (asset !== undefined) {
    const one = assetOf(asset)
    const owner = await canGive(ctx, one)
    return {
      mayForce,
      owner,
      assets: [one],
      what: { assets: [one] },
      teams: all.filter((name) => name !== owner),
    }
  }
  const { name } = await getTeam(ctx, team ?? '')
  const assets = await teamHoldings(ctx, name)
  return {
    mayForce,
    owner: name,
    assets,
    what: { from_team: name, everything: true as const },
    teams: all.filter((other) => other !== name),
  }
}
