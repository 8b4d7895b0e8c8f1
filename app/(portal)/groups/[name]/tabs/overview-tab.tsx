import Link from 'next/link'
import { Suspense } from 'react'
import { FeatureDistribution } from '@/components/feature/feature-distribution'
import { CommitTimeline } from '@/components/feature-group/commit-timeline'
import { FeatureLines } from '@/components/feature-group/feature-lines'
import { GroupFacts } from '@/components/feature-group/group-facts'
import { groupHref } from '@/components/feature-group/place'
import { ReadersList } from '@/components/feature-group/readers-list'
import { RelatedGroups } from '@/components/feature-group/related-groups'
import { NotReady } from '@/components/layout/not-ready'
import { Callout } from '@/components/ui/callout'
import { MarkedProse } from '@/components/ui/marked-prose'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { SkeletonRows, SkeletonText } from '@/components/ui/skeleton'
import type { Context } from '@/lib/core/context'
import { type Loaded, load } from '@/lib/http/page-context'
import { listCommits } from '@/lib/ingestion'
import { getStatistics } from '@/lib/monitoring'
import type { GroupStatistics } from '@/lib/monitoring/operations'
import { getEntity, impactOf } from '@/lib/registry'
import { AssetDocumentation } from '../../../asset-documentation'
import { Described } from '../../../described'
import type { GroupView } from '../load-group'
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

async function Shapes({ view, statistics }: StatisticsProps) {
  const loaded = await statistics
  const found = loaded.state === 'ready' ? loaded.value : null
  const main = found ? mainFeature(found) : undefined
  return (
    <>
      {loaded.state === 'ready' ? null : <NotReady loaded={loaded} what="The statistics" />}
      {!view.isHere || found?.rows === 0 ? <NoRows view={view} /> : null}
      {main ? <FeatureDistribution statistics={main} /> : null}
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
  return <GroupFacts group={view.group} data={data} />
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

const aroundOf =
  ({ group }: GroupView) =>
  async (ctx: Context) => ({
    impact: await impactOf(ctx, group.name, { change: 'deprecate', version: group.version }),
    entity: group.entity ? await getEntity(ctx, group.entity) : null,
  })

function Around({ view }: { view: GroupView }) {
  const { group, environment, place } = view
  return (
    <Part what="The readers" environment={environment} work={aroundOf(view)}>
      {({ impact, entity }) => (
        <>
          <ReadersList impact={impact} usageHref={groupHref(place, 'usage')} />
          <RelatedGroups
            entity={group.entity}
            groups={(entity?.groups ?? []).filter((name) => name !== group.name)}
            derived={impact.groups}
          />
        </>
      )}
    </Part>
  )
}

function Meaning({ view: { group } }: { view: GroupView }) {
  return (
    <>
      {group.description ? (
        <Described text={group.description} />
      ) : (
        <p className="text-muted">Nobody has written down what it means.</p>
      )}
      {group.note ? (
        <Callout>
          <MarkedProse text={group.note} />
        </Callout>
      ) : null}
    </>
  )
}

/** Meaning and shape on the left; facts, readers and what is near on the right. */
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
        <Suspense fallback={<GroupFacts group={group} data={null} />}>
          <Facts view={view} statistics={statistics} />
        </Suspense>
        <Suspense fallback={<SkeletonText lines={6} />}>
          <Around view={view} />
        </Suspense>
      </div>
    </div>
  )
}
