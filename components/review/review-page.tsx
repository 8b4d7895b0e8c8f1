import { formHref } from '@/components/feature-group/place'
import { Section } from '@/components/ui/section'
import type { ReviewDetailResource, ReviewResource, ThreadResource } from '@/lib/governance/operations'
import type {
  BlamedField,
  DiffResource,
  ImpactResource,
  PromotionResource,
  VersionResource,
} from '@/lib/registry/operations'
import { ChangeLines } from './change-lines'
import { Conversation } from './conversation'
import { Definition } from './definition'
import { DescribeForm } from './describe-form'
import { Impact } from './impact'
import { discussionOf, otherFields } from './lines'
import { MergeBox } from './merge-box'
import { reviewHref } from './place'
import { QueueRail } from './queue-rail'

export interface ReviewPageProps {
  review: ReviewDetailResource
  version: VersionResource
  /** Against the version that it follows; null for the first. */
  diff: DiffResource | null
  impact: ImpactResource
  /** What the group is about, in its owners' words. */
  description: string
  /** What is said about the change; null for a version that was never a draft. */
  threads: readonly ThreadResource[] | null
  /** Who set the fields of the version that it follows. */
  blamed: readonly BlamedField[]
  queue: readonly ReviewResource[]
  /** What is looked at before an environment serves it: of each in which the reader may promote it. */
  promotions: readonly PromotionResource[]
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

/** What changes, line by line, and what is said about it. */
function Change({
  review,
  version,
  diff,
  threads,
  blamed,
}: Pick<ReviewPageProps, 'review' | 'version' | 'diff' | 'threads' | 'blamed'>) {
  const { lines, rest } = discussionOf(version, diff, threads ?? [], blamed)
  const place = { group: review.group, version: review.version }
  const title = diff ? `What changes against version ${diff.from}` : 'What it declares'
  return (
    <>
      {diff || threads ? (
        <Section title={title} aside={diff ? undefined : 'First version'}>
          <ChangeLines {...place} lines={lines} mayApply={review.may_edit} label={title} />
        </Section>
      ) : null}
      {threads ? (
        <Section
          title="Conversation"
          note="About the whole change, and about lines that it leaves as they are."
        >
          <Conversation
            {...place}
            threads={rest}
            others={otherFields(version, lines)}
            mayApply={review.may_edit}
          />
        </Section>
      ) : null}
    </>
  )
}

/** The queue, the change and the decision. */
export function ReviewPage({ queue, ...props }: ReviewPageProps) {
  const { review, version, diff, impact, description } = props
  const maySubmit = review.acts.some(({ act, allowed }) => act === 'submit' && allowed)
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_300px] xl:grid-cols-[280px_minmax(0,1fr)_300px] xl:gap-6">
      <QueueRail reviews={queue} current={reviewHref(review.group, review.version)} />
      <div className="flex min-w-0 flex-col gap-8">
        {description ? <p className="prose whitespace-pre-line">{description}</p> : null}
        {maySubmit && review.missing.length > 0 ? (
          <DescribeForm version={version} isGroupBare={description.trim() === ''} />
        ) : null}
        <Change {...props} />
        {diff || isUsed(impact) ? <Impact impact={impact} /> : null}
        <Definition version={version} />
      </div>
      <MergeBox review={review} diff={diff} promotions={props.promotions} fill={fillOf(version)} />
    </div>
  )
}
