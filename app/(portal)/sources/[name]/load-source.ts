import { type SourceTab, sourceTabs } from '@/components/entity/source-page'
import { groupHref } from '@/components/feature-group/place'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { getDayStrip, getFreshness, getLastArrivals } from '@/lib/monitoring'
import { getSource, sourceFactsOf } from '@/lib/registry'

export const tabOf = (value: string | string[] | undefined): SourceTab =>
  sourceTabs.find((tab) => tab === value) ?? 'overview'

/** More groups than these are told by name alone. */
const mostJudged = 200

/** A source with what came of it in the environment. Errors: `not_found`. */
export async function loadSource(ctx: Context, name: string) {
  const source = await getSource(ctx, name)
  const judged = source.groups.slice(0, mostJudged)
  const [{ allowed }, fresh, arrivals, days] = await Promise.all([
    sourceFactsOf(ctx, name).then((facts) => decide(ctx, 'group:update', facts)),
    getFreshness(ctx, judged),
    getLastArrivals(ctx, judged),
    getDayStrip(ctx, judged),
  ])
  const environment = ctx.environment === 'prod' ? null : ctx.environment
  return {
    source,
    mayEdit: allowed,
    now: ctx.now().toISOString(),
    environment: ctx.environment,
    groups: source.groups.map((group) => ({
      name: group,
      href: groupHref({ name: group, version: null, environment }),
      fresh: fresh.get(group) ?? null,
      newestEvent: arrivals.get(group)?.newestEvent ?? null,
      newestCommit: arrivals.get(group)?.newestCommit ?? null,
      days: days.get(group) ?? [],
    })),
  }
}
