import type { AssetSign } from '@/components/catalog/asset-sign'
import { foldCounts } from '@/components/feature/prepare-distribution'
import { groupHref } from '@/components/feature-group/place'
import type { HitResource } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { getDistributions } from '@/lib/monitoring'
import { assetSigns } from '../asset-signs'

/** Groups and features are watched and read; services, entities and sources through them. */
const isWatched = ({ kind }: HitResource) => kind === 'group' || kind === 'feature'

/** A day leads to its evidence in the environment that the list shows. */
function linkedDays(hit: HitResource, { days }: AssetSign, environment: string): Pick<AssetSign, 'days'> {
  if (!days) return {}
  const place = {
    name: hit.group ?? hit.name,
    version: null,
    environment: environment === 'prod' ? null : environment,
  }
  const feature = hit.kind === 'feature' ? hit.short_name : null
  return {
    days: days.map((day) => ({ ...day, href: groupHref(place, 'quality', { feature, day: day.date }) })),
  }
}

/** What the rows of a page say of their assets' life, by `kind/name`: a few queries, however many rows. */
export async function loadSigns(
  ctx: Context,
  hits: readonly HitResource[],
): Promise<Record<string, AssetSign>> {
  const watched = hits.filter(isWatched)
  const names = watched.map(({ name }) => name)
  const [signs, shapes] = await Promise.all([assetSigns(ctx, names), getDistributions(ctx, names)])
  return Object.fromEntries(
    watched.map((hit) => {
      const sign = signs.get(hit.name) ?? {}
      const shape = shapes.get(hit.name)
      const own: AssetSign = {
        ...sign,
        ...linkedDays(hit, sign, ctx.environment),
        ...(shape ? { distribution: foldCounts(shape) } : {}),
      }
      return [`${hit.kind}/${hit.name}`, own]
    }),
  )
}
