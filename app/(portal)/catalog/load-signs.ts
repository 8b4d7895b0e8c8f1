import type { AssetSign } from '@/components/catalog/asset-sign'
import { foldCounts } from '@/components/feature/feature-distribution'
import { groupHref } from '@/components/feature-group/place'
import type { HitResource } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { getDayStrip, getDistributions } from '@/lib/monitoring'
import type { Day } from '@/lib/monitoring/operations'
import { readsByWeek, type WeeklyReads } from '@/lib/usage'

const readerDays = 30
const weeks = 12

/** Groups and features are watched and read; services, entities and sources through them. */
const isWatched = ({ kind }: HitResource) => kind === 'group' || kind === 'feature'

const groupOf = ({ name }: HitResource) => name.split(':')[0] ?? name

/** A day leads to its evidence in the environment that the list shows. */
function linked(hit: HitResource, days: readonly Day[], environment: string) {
  const place = {
    name: groupOf(hit),
    version: null,
    environment: environment === 'prod' ? null : environment,
  }
  const feature = hit.kind === 'feature' ? hit.short_name : null
  return days.map((day) => ({ ...day, href: groupHref(place, 'quality', { feature, day: day.date }) }))
}

function readsOf(hit: HitResource, reads: readonly WeeklyReads[]): AssetSign {
  const feature = hit.kind === 'feature' ? hit.short_name : null
  const found = reads.find((one) => one.group === groupOf(hit) && one.feature === feature)
  return { readers: found?.readers ?? 0, weeklyReads: found?.weeks ?? [] }
}

/** What the rows of a page say of their assets' life, by `kind/name`: a few queries, however many rows. */
export async function loadSigns(
  ctx: Context,
  hits: readonly HitResource[],
): Promise<Record<string, AssetSign>> {
  const watched = hits.filter(isWatched)
  const names = watched.map(({ name }) => name)
  const now = ctx.now()
  const [strips, shapes, reads] = await Promise.all([
    getDayStrip(ctx, names),
    getDistributions(ctx, names),
    readsByWeek({
      groups: [...new Set(watched.map(groupOf))],
      now,
      weeks,
      readersSince: new Date(now.getTime() - readerDays * 86_400_000),
    }),
  ])
  return Object.fromEntries(
    watched.map((hit) => {
      const days = strips.get(hit.name)
      const shape = shapes.get(hit.name)
      const sign: AssetSign = {
        ...readsOf(hit, reads),
        ...(days ? { days: linked(hit, days, ctx.environment) } : {}),
        ...(shape ? { distribution: foldCounts(shape) } : {}),
      }
      return [`${hit.kind}/${hit.name}`, sign]
    }),
  )
}
