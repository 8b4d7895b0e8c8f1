import { Suspense } from 'react'
import { groupHref } from '@/components/feature-group/place'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Section } from '@/components/ui/section'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { SkeletonRows } from '@/components/ui/skeleton'
import { CompareForm } from '@/components/versions/compare-form'
import { PlacesStrip } from '@/components/versions/places-strip'
import { PromotionsTable } from '@/components/versions/promotions-table'
import { RevisionsTable } from '@/components/versions/revisions-table'
import { SideBySide } from '@/components/versions/side-by-side'
import { sideRows } from '@/components/versions/sides'
import { type GroupView, type PageParams, textOf } from '../load-group'
import { Part } from '../part'
import { loadComparison, loadHistory, pairOf, type VersionHistory } from './versions/load-history'
import { loadPlaces } from './versions/load-places'

function Environments({ view, history }: { view: GroupView; history: VersionHistory }) {
  const { group, place, environment } = view
  return (
    <Part
      what="What the environments serve"
      environment={environment}
      work={(ctx) => loadPlaces(ctx, group.name, history.versions)}
    >
      {({ places, history: events }) => (
        <>
          <Section title="Environments">
            <PlacesStrip places={places} of={place} />
          </Section>
          {events.length > 0 ? (
            <Section title="Promotions and rollbacks" className="order-last">
              <PromotionsTable events={events} />
            </Section>
          ) : null}
        </>
      )}
    </Part>
  )
}

/** The parameters of the page that a comparison keeps. */
function keptBy({ place }: GroupView, isWhole: boolean): Record<string, string> {
  return {
    tab: 'versions',
    ...(place.version === null ? {} : { version: String(place.version) }),
    ...(place.environment === null ? {} : { environment: place.environment }),
    ...(isWhole ? { fields: 'all' } : {}),
  }
}

interface ComparisonProps {
  view: GroupView
  history: VersionHistory
  pair: [string, string]
  isWhole: boolean
}

function Comparison({ view, history, pair: [from, to], isWhole }: ComparisonProps) {
  const { group, place, environment } = view
  const hrefOf = (fields: string | null) => groupHref(place, 'versions', { from, to, fields })
  return (
    <Section
      title={`From @${from} to @${to}`}
      aside={
        <span className="flex flex-wrap items-center gap-3">
          <SegmentedControl
            label="Fields"
            value={isWhole ? 'all' : 'changed'}
            segments={[
              { value: 'changed', label: 'What changed', href: hrefOf(null) },
              { value: 'all', label: 'All fields', href: hrefOf('all') },
            ]}
          />
          <CompareForm
            action={`/groups/${encodeURIComponent(group.name)}`}
            keep={keptBy(view, isWhole)}
            addresses={history.addresses.map((value) => ({ value, label: `@${value}` }))}
            from={from}
            to={to}
          />
        </span>
      }
    >
      <Part
        what="The comparison"
        environment={environment}
        work={(ctx) => loadComparison(ctx, group.name, from, to)}
      >
        {({ diff, before, after }) => {
          const rows = sideRows(diff, before, after)
          const shown = isWhole ? rows : rows.filter((row) => row.class !== null)
          return shown.length === 0 ? (
            <p className="text-muted">Nothing that you may see differs.</p>
          ) : (
            <SideBySide rows={shown} from={from} to={to} />
          )
        }}
      </Part>
    </Section>
  )
}

/** What each environment serves, every version with its revisions, and any two beside each other. */
export function VersionsTab({ view, query }: { view: GroupView; query: PageParams }) {
  const { group, place, environment } = view
  const isWhole = textOf(query.fields) === 'all'
  return (
    <Part what="The versions" environment={environment} work={(ctx) => loadHistory(ctx, group.name)}>
      {(history) => {
        const pair = pairOf(history, query)
        return (
          <div className="flex flex-col gap-8">
            <Suspense fallback={<SkeletonRows rows={3} columns={3} />}>
              <Environments view={view} history={history} />
            </Suspense>
            <Section title="Versions and revisions">
              <RevisionsTable
                versions={history.versions}
                place={place}
                restorable={{ group: group.name, base: history.base }}
              />
            </Section>
            {pair === null ? (
              <EmptyState
                title="One revision so far"
                action={
                  view.acts.update.allowed && group.state !== 'archived' ? (
                    <ButtonLink href={`/groups/${encodeURIComponent(group.name)}/new-version`}>
                      Change the definition
                    </ButtonLink>
                  ) : undefined
                }
              >
                A compatible change becomes the next one, on the same data; any other begins version{' '}
                {group.version + 1} with data of its own. What changes is then shown here.
              </EmptyState>
            ) : (
              <Comparison view={view} history={history} pair={pair} isWhole={isWhole} />
            )}
          </div>
        )
      }}
    </Part>
  )
}
