import Link from 'next/link'
import { durationWords, measuredText } from '@/components/feature-group/words'
import { contractWords } from '@/components/monitoring/contract-terms'
import { type Fact, FactsList } from '@/components/ui/facts-list'
import { formatCount, formatNumber, formatShare } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import type { FeatureStatistics } from '@/lib/monitoring/operations'
import type { FeatureResource, GroupResource } from '@/lib/registry/operations'

const mono = (text: string) => <code className="break-words font-mono text-12">{text}</code>

const link = (href: string, text: string) => (
  <Link href={toRoute(href)} className="link">
    {text}
  </Link>
)

function definitionFacts(feature: FeatureResource, group: GroupResource): Fact[] {
  const terms = feature.contract ? contractWords(feature.contract) : ''
  return [
    { term: 'Type', value: mono(feature.type) },
    ...(feature.role === 'label'
      ? [{ term: 'Role', value: 'label: predicted, never read as a feature' }]
      : []),
    ...(feature.horizon ? [{ term: 'Horizon', value: durationWords(feature.horizon) }] : []),
    ...(feature.expression ? [{ term: 'Derived by', value: mono(feature.expression) }] : []),
    { term: 'Contract', value: terms || 'nothing promised' },
    { term: 'Classification', value: feature.classification ?? group.classification },
    ...(feature.tags.length > 0 ? [{ term: 'Tags', value: feature.tags.join(', ') }] : []),
    ...(group.entity
      ? [{ term: 'Entity', value: link(`/entities/${encodeURIComponent(group.entity)}`, group.entity) }]
      : []),
    { term: 'Owner', value: link(`/catalog?team=${encodeURIComponent(group.owner_team)}`, group.owner_team) },
    { term: 'Time to live', value: group.ttl ? durationWords(group.ttl) : 'unlimited' },
  ]
}

function countFacts(statistics: FeatureStatistics): Fact[] {
  const { rows, nulls, nan, positive_infinity: up, negative_infinity: down } = statistics
  const infinite = up === null || down === null ? 0 : up + down
  return [
    { term: 'Rows', value: formatCount(rows), number: true },
    {
      term: 'Nulls',
      value: nulls > 0 ? `${formatCount(nulls)} (${formatShare(nulls / rows)})` : '0',
      number: true,
    },
    ...(nan !== null && nan > 0 ? [{ term: 'NaN', value: formatCount(nan), number: true }] : []),
    ...(infinite > 0 ? [{ term: 'Infinite', value: formatCount(infinite), number: true }] : []),
    ...(statistics.distinct === null
      ? []
      : [{ term: 'Different values', value: formatCount(statistics.distinct), number: true }]),
  ]
}

function valueFacts({ mean, standard_deviation: sd, min, max }: FeatureStatistics): Fact[] {
  return [
    ...(mean === null ? [] : [{ term: 'Mean', value: formatNumber(mean, 6), number: true }]),
    ...(sd === null ? [] : [{ term: 'Standard deviation', value: formatNumber(sd, 6), number: true }]),
    ...(min === null ? [] : [{ term: 'Least', value: measuredText(min), number: true }]),
    ...(max === null ? [] : [{ term: 'Greatest', value: measuredText(max), number: true }]),
  ]
}

interface FeatureFactsProps {
  feature: FeatureResource
  group: GroupResource
  statistics: FeatureStatistics | null
}

/** Definition and counts of one feature. */
export function FeatureFacts({ feature, group, statistics }: FeatureFactsProps) {
  const counted =
    statistics && statistics.rows > 0 ? [...countFacts(statistics), ...valueFacts(statistics)] : []
  return <FactsList facts={[...definitionFacts(feature, group), ...counted]} />
}
