import { formHref } from '@/components/feature-group/place'
import { VersionDiff } from '@/components/feature-group/version-diff'
import { Section } from '@/components/ui/section'
import type { ReviewDetailResource } from '@/lib/governance/operations'
import type { DiffResource, ImpactResource, VersionResource } from '@/lib/registry/operations'
import { Definition } from './definition'
import { DescribeForm } from './describe-form'
import { Impact } from './impact'
import { MergeBox } from './merge-box'

export interface ReviewPageProps {
  review: ReviewDetailResource
  version: VersionResource
  /** Against the version that it follows; null for the first. */
  diff: DiffResource | null
  impact: ImpactResource
  /** What the group is about, in its owners' words. */
  description: string
}

const isUsed = ({ services, groups, datasets, consumers }: ImpactResource) =>
  services.length + groups.length + datasets.length + consumers.length > 0

function fillOf({ group, version, transformation, environments }: VersionResource) {
  const [only] = environments
  const environment = !only || only.name === 'prod' ? null : only.name
  const place = { name: group, version, environment }
  return transformation
    ? { label: 'Run its transformation', href: formHref(place, 'runs') }
    : { label: 'Ingest its rows', href: formHref(place, 'ingest') }
}

/** The change on the left, the decision on the right. */
export function ReviewPage({ review, version, diff, impact, description }: ReviewPageProps) {
  const maySubmit = review.acts.some(({ act, allowed }) => act === 'submit' && allowed)
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_320px]">
      <div className="flex min-w-0 flex-col gap-8">
        {description ? <p className="prose whitespace-pre-line">{description}</p> : null}
        {maySubmit && review.missing.length > 0 ? (
          <DescribeForm version={version} isGroupBare={description.trim() === ''} />
        ) : null}
        {diff ? (
          <Section title={`What changes against version ${diff.from}`}>
            <VersionDiff diff={diff} />
          </Section>
        ) : null}
        {diff || isUsed(impact) ? <Impact impact={impact} /> : null}
        <Definition version={version} />
      </div>
      <MergeBox review={review} diff={diff} fill={fillOf(version)} />
    </div>
  )
}
