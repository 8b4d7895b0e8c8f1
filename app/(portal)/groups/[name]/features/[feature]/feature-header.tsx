import { Suspense } from 'react'
import { AddToBasket } from '@/components/basket/add-to-basket'
import { featureVerdict } from '@/components/feature/feature-verdict'
import { DeprecationCallout } from '@/components/feature-group/deprecation-callout'
import { groupHref } from '@/components/feature-group/place'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { PageHeader } from '@/components/layout/page-header'
import { Lifecycle } from '@/components/ui/lifecycle'
import { VerdictLine } from '@/components/ui/verdict-line'
import { UseIt } from '@/components/use-it/use-it'
import { AnnounceAsset } from '../../../../announce-asset'
import { AssetCertification } from '../../../../asset-certification'
import { FollowAsset } from '../../../../follow-asset'
import { GroupStrip, StripSkeleton, VerdictSkeleton } from '../../group-verdict'
import { usableAsset, usableFeature } from '../../usable-asset'
import type { FeatureParts, FeatureView } from './load-feature'

interface HeaderProps {
  view: FeatureView
  parts: FeatureParts
}

async function Verdict({ view, parts }: HeaderProps) {
  const [statistics, series, impact, verdict] = await Promise.all([
    parts.statistics,
    parts.series,
    parts.impact,
    parts.verdict,
  ])
  const clause = (id: string) =>
    verdict.state === 'ready' ? verdict.value.find((one) => one.id === id) : undefined
  const fresh = clause('fresh')
  const contract = clause('contract')
  return (
    <VerdictLine
      clauses={featureVerdict({
        contract: contract ? { ...contract, href: groupHref(view.place, 'contract') } : null,
        historyHref: '#history',
        freshness: fresh ? { ...fresh, href: groupHref(view.place, 'data') } : null,
        statistics: statistics.state === 'ready' ? statistics.value : null,
        series: series.state === 'ready' ? (series.value?.series ?? null) : null,
        readers: impact.state === 'ready' ? impact.value.consumers.length : null,
        team: view.group.owner_team,
        qualityHref: groupHref(view.place, 'quality', { feature: view.feature.name }),
        usageHref: groupHref(view.place, 'usage'),
      })}
    />
  )
}

/** As it is put aside: of the version that the address names, else of the one served. */
const referenceOf = ({ place, feature }: FeatureView): string =>
  `${place.name}${place.version === null ? '' : `@${place.version}`}:${feature.name}`

/** Where the feature stands, its type and state, and code that reads it. */
export function FeatureHeader({ view, parts }: HeaderProps) {
  const { group, feature, place, environment } = view
  const asset = usableFeature(usableAsset(view), feature.name)
  return (
    <PageHeader
      size="asset"
      breadcrumbs={{
        crumbs: [
          { label: 'Catalogue', href: '/catalog' },
          { label: group.name, href: groupHref(place), mono: true },
          { label: feature.name, mono: true },
        ],
        fullName: `${group.name}@${group.version}:${feature.name}`,
      }}
      before={<KindGlyph kind="feature" title="Feature" className="text-muted" />}
      title={feature.name}
      after={
        <>
          <span className="font-mono text-13 text-muted">{feature.type}</span>
          <span className="font-mono text-13 text-muted">@{group.version}</span>
          <Lifecycle state={group.state} />
          <Suspense>
            <AssetCertification kind="feature" name={`${group.name}:${feature.name}`} />
          </Suspense>
          {feature.role === 'label' ? <span className="text-12 text-muted">label</span> : null}
        </>
      }
      actions={
        <>
          <Suspense fallback={<StripSkeleton />}>
            <GroupStrip view={view} feature={feature.name} />
          </Suspense>
          <Suspense>
            <FollowAsset kind="feature" name={`${group.name}:${feature.name}`} />
            <AnnounceAsset kind="feature" name={`${group.name}:${feature.name}`} />
          </Suspense>
          {feature.role === 'feature' ? (
            <>
              <AddToBasket feature={referenceOf(view)} look="button" isPage />
              <UseIt asset={asset} environment={environment} mayRead={view.acts.read.allowed} />
            </>
          ) : null}
        </>
      }
      status={
        <>
          <Suspense fallback={<VerdictSkeleton />}>
            <Verdict view={view} parts={parts} />
          </Suspense>
          <DeprecationCallout deprecation={group.deprecation} />
        </>
      }
    />
  )
}
