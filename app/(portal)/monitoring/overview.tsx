import { FilterChips } from '@/components/data-table/filter-chips'
import { dayStateWords } from '@/components/monitoring/day-state-word'
import { HeatMap } from '@/components/monitoring/heat-map'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { withParams } from '@/components/ui/route'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { Overview as OverviewResource } from '@/lib/monitoring'
import type { DayState } from '@/lib/monitoring/operations'
import type { OverviewQuery, PageParams } from './query'

const path = '/monitoring'
const order: readonly DayState[] = ['fail', 'warn', 'no_data', 'ok', 'not_due']

interface OverviewProps {
  overview: OverviewResource
  query: OverviewQuery
  params: PageParams
}

function searchOf(query: OverviewQuery, params: PageParams): URLSearchParams {
  const kept = { environment: params.environment, team: query.team, state: query.state }
  return new URLSearchParams(
    Object.entries(kept).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

/** Counts by state, each a filter. */
function States({ overview, query, search }: OverviewProps & { search: URLSearchParams }) {
  const all = order.reduce((sum, state) => sum + overview.counts[state], 0)
  const segments = order
    .filter((state) => overview.counts[state] > 0 || state === query.state)
    .map((state) => ({
      value: state,
      label: `${dayStateWords[state]} ${overview.counts[state]}`,
      href: withParams(path, search, { state }),
    }))
  return (
    <SegmentedControl
      label="State"
      value={query.state ?? 'all'}
      segments={[
        { value: 'all', label: `all ${all}`, href: withParams(path, search, { state: null }) },
        ...segments,
      ]}
    />
  )
}

function Nothing({ query }: { query: OverviewQuery }) {
  const isFiltered = query.team !== undefined || query.state !== undefined
  return isFiltered ? (
    <EmptyState
      title="No group matches the filters"
      action={<ButtonLink href={path}>Show all groups</ButtonLink>}
    />
  ) : (
    <EmptyState
      title="No group is open to you yet"
      action={<ButtonLink href="/register">Register a feature group</ButtonLink>}
    >
      A group is watched from its first rows on.
    </EmptyState>
  )
}

/** The heat map with its filters. */
export function Overview(props: OverviewProps) {
  const { overview, query, params } = props
  const search = searchOf(query, params)
  const environment = search.get('environment')
  const chips = query.team
    ? [{ label: 'Owner', value: query.team, removeHref: withParams(path, search, { team: null }) }]
    : []
  return (
    <HeatMap
      rows={overview.data}
      environment={environment === 'prod' ? null : environment}
      teamHref={(team) => withParams(path, search, { team })}
      pager={{
        kind: 'cursor',
        cursor: query.cursor ?? null,
        nextCursor: overview.meta.next_cursor,
        pageSize: query.limit,
        total: overview.meta.total,
      }}
      toolbar={
        <span className="flex flex-wrap items-center gap-3">
          <States {...props} search={search} />
          <FilterChips chips={chips} clearHref={withParams(path, search, { team: null, state: null })} />
        </span>
      }
      {...(overview.data.length === 0 ? { instead: <Nothing query={query} /> } : {})}
    />
  )
}
