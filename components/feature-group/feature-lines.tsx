import Link from 'next/link'
import { MiniDistribution } from '@/components/charts/mini-distribution'
import { miniCounts } from '@/components/feature/prepare-distribution'
import { formatCount } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { toRoute } from '@/components/ui/route'
import type { FeatureStatistics } from '@/lib/monitoring/operations'
import type { FeatureResource } from '@/lib/registry/operations'
import { featureHref, type GroupPlace, groupHref } from './place'

interface FeatureLinesProps {
  features: readonly FeatureResource[]
  statistics: readonly FeatureStatistics[]
  place: GroupPlace
}

const mostLines = 20

/** The first features with their meaning and shape, in declared order; the rest stand on their own tab. */
export function FeatureLines({ features: all, statistics, place }: FeatureLinesProps) {
  const features = all.slice(0, mostLines)
  const known = new Map(statistics.map((one) => [one.name, one]))
  return (
    <>
      <ul className="border-t">
        {features.map((feature) => {
          const found = known.get(feature.name)
          const counts = found ? miniCounts(found) : null
          return (
            <li key={feature.name} className="flex items-center gap-4 border-b py-1.5">
              <span className="min-w-0 flex-1">
                <span className="flex items-baseline gap-2">
                  <Name name={feature.name} href={featureHref(place, feature.name)} />
                  <span className="shrink-0 font-mono text-12 text-muted">{feature.type}</span>
                  {feature.role === 'label' ? (
                    <span className="shrink-0 text-12 text-muted">label</span>
                  ) : null}
                </span>
                <span className="block truncate text-12 text-muted" title={feature.description}>
                  {feature.description}
                </span>
              </span>
              {counts ? <MiniDistribution counts={counts} label={`Distribution of ${feature.name}`} /> : null}
            </li>
          )
        })}
      </ul>
      {all.length > mostLines ? (
        <p className="mt-2">
          <Link className="link" href={toRoute(groupHref(place, 'features'))}>
            All {formatCount(all.length)} features
          </Link>
        </p>
      ) : null}
    </>
  )
}
