import { getUsage, similarToFeature } from '@/lib/catalog'
import type { SimilarResource, UsageResource } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { type Loaded, load } from '@/lib/http/page-context'
import {
  type EnvironmentFreshness,
  getEnvironmentFreshness,
  getStatistics,
  getVerdict,
} from '@/lib/monitoring'
import type { FeatureStatistics } from '@/lib/monitoring/operations'
import { impactOf } from '@/lib/registry'
import type { FeatureResource, ImpactResource } from '@/lib/registry/operations'
import { type GroupView, loadGroup, type PageParams } from '../../load-group'
import { loadSeries, type SeriesWithWindow } from '../../load-series'

const usageDays = 30

export interface FeatureView extends GroupView {
  feature: FeatureResource
}

/** Errors: `not_found`, the same for a missing and for a hidden group or feature. */
export async function loadFeature(
  ctx: Context,
  group: string,
  name: string,
  params: PageParams,
): Promise<FeatureView> {
  const view = await loadGroup(ctx, group, params)
  const feature = view.group.features.find((one) => one.name === name)
  if (!feature) throw notFound(`Feature ${group}:${name}`)
  return { ...view, feature }
}

/** What is counted of a feature, each loading by itself. */
export interface FeatureParts {
  /** Null: nothing is there in the environment, or the reader may see it of other features alone. */
  statistics: Promise<Loaded<FeatureStatistics | null>>
  series: Promise<Loaded<SeriesWithWindow | null>>
  freshness: Promise<Loaded<EnvironmentFreshness[]>>
  usage: Promise<Loaded<UsageResource>>
  impact: Promise<Loaded<ImpactResource>>
  verdict: Promise<Loaded<Awaited<ReturnType<typeof getVerdict>>>>
  similar: Promise<Loaded<SimilarResource>>
}

export function loadParts(view: FeatureView): FeatureParts {
  const { group, feature, environment, isHere } = view
  const at = { group: group.name, version: group.version, environment, feature: feature.name }
  return {
    statistics: load(
      async (ctx) => (isHere ? ((await getStatistics(ctx, at)).features[0] ?? null) : null),
      environment,
    ),
    series: load(
      async (ctx) =>
        isHere ? loadSeries(ctx, { view, feature: feature.name, step: 'week', day: null }) : null,
      environment,
    ),
    freshness: load(
      (ctx) => getEnvironmentFreshness(ctx, { group: group.name, version: group.version }),
      environment,
    ),
    usage: load(
      (ctx) => getUsage(ctx, group.name, { version: group.version, feature: feature.name, days: usageDays }),
      environment,
    ),
    similar: load(
      (ctx) => similarToFeature(ctx, { feature: `${group.name}@${group.version}:${feature.name}`, limit: 5 }),
      environment,
    ),
    verdict: load(
      (ctx) => getVerdict(ctx, { group: group.name, version: group.version, environment }),
      environment,
    ),
    impact: load(
      (ctx) =>
        impactOf(ctx, group.name, { change: 'deprecate', version: group.version, feature: feature.name }),
      environment,
    ),
  }
}
