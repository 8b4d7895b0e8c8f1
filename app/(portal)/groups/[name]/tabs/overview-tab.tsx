import Link from 'next/link'
import { Suspense } from 'react'
import { FeatureDistribution } from '@/components/feature/feature-distribution'
import { CommitTimeline } from '@/components/feature-group/commit-timeline'
import { DerivedGroups } from '@/components/feature-group/derived-groups'
import { FeatureLines } from '@/components/feature-group/feature-lines'
import { GroupFacts } from '@/components/feature-group/group-facts'
import { InlineGroup } from '@/components/feature-group/inline-group'
import { LatestChanges } from '@/components/feature-group/latest-changes'
import { groupHref } from '@/components/feature-group/place'
import { ReadersList } from '@/components/feature-group/readers-list'
import { SimilarGroups } from '@/components/feature-group/similar-groups'
import { NotReady } from '@/components/layout/not-ready'
import { QuantilesOverTime } from '@/components/monitoring/quantiles-over-time'
import { WindowShape } from '@/components/monitoring/window-view'
import { Callout } from '@/components/ui/callout'
import { MarkedProse } from '@/components/ui/marked-prose'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { SkeletonRows, SkeletonText } from '@/components/ui/skeleton'
import { getActivity, similarToGroup } from '@/lib/catalog'
import { type Loaded, load } from '@/lib/http/page-context'
import { listCommits } from '@/lib/ingestion'
import { getStatistics } from '@/lib/monitoring'
import type { FeatureStatistics, GroupStatistics } from '@/lib/monitoring/operations'
import { impactOf } from '@/lib/registry'
import { AssetDocumentation } from '../../../asset-documentation'
import { Described } from '../../../described'
import { type GroupView, mayEdit } from '../load-group'
import { loadSeries } from '../load-series'
import { NoRows } from '../no-rows'
import { Part } from '../part'

interface StatisticsProps {
  view: GroupView
  /** Null: the version does not stand in the environment. */
  statistics: Promise<Loaded<GroupStatistics | null>>
}

/** The first feature whose values have a shape stands for the group. */
const mainFeature = ({ features }: GroupStatistics) =>
  features.find(({ histogram, rows, nulls }) => histogram !== null && rows > nulls) ??
  features.find(({ top, rows, nulls }) => top.length > 0 && rows > nulls)

/** The feature that stands for the group: its newest week over its reference and its quantiles by week, else all rows. */
async function MainFeature({ view, statistics }: { view: GroupView; statistics: FeatureStatistics }) {
  const { environment, place } = view
  const asked = { view, feature: statistics.name, step: 'week', day: null } as const
  const loaded = await load((ctx) => loadSeries(ctx, asked), environment)
  const found = loaded.state === 'ready' ? loaded.value : null
  if (!found?.window || !found.series.reference) return <FeatureDistribution statistics={statistics} />
  const { series, window, counts } = found
  return (
    <Section
      title="Values over time"
      aside={
        <Link className="link" href={toRoute(groupHref(place, 'quality', { feature: statistics.name }))}>
          Every feature
        </Link>
      }
    >
      <div className="flex flex-col gap-6">
        <WindowShape series={series} window={window} counts={counts} />
        <QuantilesOverTime series={series} />
      </div>
    </Section>
  )
}

async function Shapes({ view, statistics }: StatisticsProps) {
  const loaded = await statistics
  const found = loaded.state === 'ready' ? loaded.value : null
  const main = found ? mainFeature(found) : undefined
  return (
    <>
      {loaded.state === 'ready' ? null : <NotReady loaded={loaded} what="The statistics" />}
      {!view.isHere || found?.rows === 0 ? <NoRows view={view} /> : null}
      {main ? (
        <Suspense fallback={<FeatureDistribution statistics={main} />}>
          <MainFeature view={view} statistics={main} />
        </Suspense>
      ) : null}
      <Section title="Features" {...(found && found.rows > 0 ? { note: found.note } : {})}>
        <FeatureLines features={view.group.features} statistics={found?.features ?? []} place={view.place} />
      </Section>
    </>
  )
}

async function Facts({ view, statistics }: StatisticsProps) {
  const loaded = await statistics
  const found = loaded.state === 'ready' ? loaded.value : null
  const data = found && {
    rows: found.rows,
    oldest: found.oldest_event_time,
    newest: found.newest_event_time,
  }
  return <GroupFacts group={view.group} data={data} mayEdit={mayEdit(view)} />
}

/** Whoever may not see statistics has been told so above: here nothing is said twice. */
async function LatestCommits({ view }: { view: GroupView }) {
  const { group, environment, place } = view
  const loaded = await load(
    (ctx) => listCommits(ctx, { group: group.name, version: group.version, limit: 3 }),
    environment,
  )
  if (loaded.state !== 'ready' || loaded.value.data.length === 0) return null
  return (
    <Section
      title="Latest commits"
      aside={
        <Link className="link" href={toRoute(groupHref(place, 'data'))}>
          All commits
        </Link>
      }
    >
      <CommitTimeline commits={loaded.value.data} />
    </Section>
  )
}

function Around({ view }: { view: GroupView }) {
  const { group, environment, place } = view
  return (
    <Part
      what="The readers"
      environment={environment}
      work={(ctx) => impactOf(ctx, group.name, { change: 'deprecate', version: group.version })}
    >
      {(impact) => (
        <>
          <ReadersList impact={impact} usageHref={groupHref(place, 'usage')} />
          <DerivedGroups names={impact.groups} />
        </>
      )}
    </Part>
  )
}

function Similar({ view: { group, environment } }: { view: GroupView }) {
  return (
    <Part what="Similar groups" environment={environment} work={(ctx) => similarToGroup(ctx, group)}>
      {(groups) => <SimilarGroups groups={groups} entity={group.entity} />}
    </Part>
  )
}

const shownChanges = 5

function Changes({ view: { group, environment, place } }: { view: GroupView }) {
  return (
    <Part
      what="The changes"
      environment={environment}
      work={(ctx) => getActivity(ctx, group.name, { limit: shownChanges })}
    >
      {({ data }) => <LatestChanges rows={data} activityHref={groupHref(place, 'activity')} />}
    </Part>
  )
}

function Meaning({ view }: { view: GroupView }) {
  const { group } = view
  const may = mayEdit(view)
  return (
    <>
      <InlineGroup group={group} member="description" may={may}>
        {group.description ? (
          <Described text={group.description} />
        ) : (
          <p className="text-muted">Nobody has written down what it means.</p>
        )}
      </InlineGroup>
      {group.note || may ? (
        <InlineGroup group={group} member="note" may={may}>
          {group.note ? (
            <Callout>
              <MarkedProse text={group.note} />
            </Callout>
          ) : (
            <p className="text-12 text-muted">No note to its readers.</p>
          )}
        </InlineGroup>
      ) : null}
    </>
  )
}

/** Meaning and shape on the left; facts, readers, what is near and what changed on the right. */
export function OverviewTab({ view }: { view: GroupView }) {
  const { group, environment, isHere } = view
  const statistics = load(
    async (ctx) =>
      isHere ? getStatistics(ctx, { group: group.name, version: group.version, environment }) : null,
    environment,
  )
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
      <div className="flex min-w-0 flex-col gap-6">
        <Meaning view={view} />
        <Suspense fallback={<SkeletonText lines={3} />}>
          <AssetDocumentation kind="group" name={group.name} />
        </Suspense>
        <Suspense fallback={<SkeletonRows rows={12} columns={2} />}>
          <Shapes view={view} statistics={statistics} />
        </Suspense>
        {isHere ? (
          <Suspense fallback={<SkeletonRows rows={3} columns={3} />}>
            <LatestCommits view={view} />
          </Suspense>
        ) : null}
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <Suspense fallback={<GroupFacts group={group} data={null} mayEdit={false} />}>
          <Facts view={view} statistics={statistics} />
        </Suspense>
        <Suspense fallback={<SkeletonText lines={6} />}>
          <Around view={view} />
        </Suspense>
        <Suspense fallback={<SkeletonText lines={6} />}>
          <Similar view={view} />
        </Suspense>
        <Suspense fallback={<SkeletonText lines={6} />}>
          <Changes view={view} />
        </Suspense>
      </div>
    </div>
  )
}
