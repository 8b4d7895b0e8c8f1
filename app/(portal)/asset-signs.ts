import type { AssetSign } from '@/components/catalog/asset-sign'
import type { Context } from '@/lib/core/context'
import { getDayStrip } from '@/lib/monitoring'
import { readsByWeek } from '@/lib/usage'

const weeks = 12
const readerDays = 30

/**
 * What rows of lists say of the life of groups (`group`) and features (`group:feature`): days, readers, reads by week.
 * The names are of assets that the reader may know of.
 */
export async function assetSigns(ctx: Context, names: readonly string[]): Promise<Map<string, AssetSign>> {
  const now = ctx.now()
  const groups = [...new Set(names.map((name) => name.split(':')[0] ?? name))]
  const [strips, reads] = await Promise.all([
    getDayStrip(ctx, names),
    readsByWeek(ctx, { groups, now, weeks, readersSince: new Date(now.getTime() - readerDays * 86_400_000) }),
  ])
  const readsOf = new Map(
    reads.map((one) => [one.feature === null ? one.group : `${one.group}:${one.feature}`, one]),
  )
  return new Map(
    names.map((name): [string, AssetSign] => {
      const days = strips.get(name)
      const read = readsOf.get(name)
      return [
        name,
        {
          ...(days ? { days } : {}),
          readers: read?.readers ?? 0,
          weeklyReads: read?.weeks ?? new Array(weeks).fill(0),
        },
      ]
    }),
  )
}
