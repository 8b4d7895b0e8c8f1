import { DayBarsChart } from '@/components/charts/day-bars-chart'
import { FilterChips } from '@/components/data-table/filter-chips'
import { EmptyState } from '@/components/ui/empty-state'
import { plural } from '@/components/ui/format-number'
import { withParams } from '@/components/ui/route'
import type { UsageListQuery, UsageListResource } from '@/lib/catalog/operations'
import { Choices } from './choices'
import type { UsageSpan } from './spans'
import { UsageTable } from './usage-table'

const subjects = [
  { value: 'group', label: 'Groups' },
  { value: 'feature', label: 'Features' },
  { value: 'service', label: 'Services' },
  { value: 'consumer', label: 'Readers' },
]

type Within = Partial<Record<'group' | 'feature' | 'service' | 'consumer', string>>

const filtersOf = ({ group, feature, service, consumer }: UsageListQuery): Within => ({
  ...(group === undefined ? {} : { group }),
  ...(feature === undefined ? {} : { feature }),
  ...(service === undefined ? {} : { service }),
  ...(consumer === undefined ? {} : { consumer }),
})

/** Reads of a service are counted beside those of its features. */
const goesWith = (by: string, { group, feature, service }: Within): boolean =>
  service === undefined
    ? by !== 'service' || (group ?? feature) === undefined
    : by === 'service' || by === 'consumer'

const filterWords = { group: 'Group', feature: 'Feature', service: 'Service', consumer: 'Reader' }

function Chips({ by, span, within }: { by: string; span: string; within: Within }) {
  const chips = (['group', 'feature', 'service', 'consumer'] as const).flatMap((name) => {
    const value = within[name]
    if (value === undefined) return []
    const { [name]: _gone, ...rest } = within
    return [
      {
        label: filterWords[name],
        value,
        removeHref: withParams('/operations/usage', '', { ...rest, by, span }),
      },
    ]
  })
  if (chips.length === 0) return null
  return (
    <div className="mb-4">
      <FilterChips chips={chips} clearHref={withParams('/operations/usage', '', { by, span })} />
    </div>
  )
}

interface UsagePageProps {
  query: UsageListQuery
  span: UsageSpan
  list: UsageListResource
  environment: string
}

/** The chart's title says what it shows. */
function finding({ buckets }: UsageListResource, { label }: UsageSpan): string {
  const reads = buckets.reduce((sum, { online, offline }) => sum + online + offline, 0)
  return `${plural(reads, 'read')} in ${label}`
}

function NothingRead({ query: { q }, span, environment }: Omit<UsagePageProps, 'list'>) {
  return q ? (
    <EmptyState title="No name that was read holds that text">
      Names of what was not read in {span.label} are not listed.
    </EmptyState>
  ) : (
    <EmptyState title={`Nothing was read in ${environment} in ${span.label}`}>
      Online and historical reads are counted within a second, for what you may see.
    </EmptyState>
  )
}

/** What is read and who reads, of what its reader may see. */
export function UsagePage({ query, span, list, environment }: UsagePageProps) {
  const { by, q, cursor = null, limit } = query
  const { data, meta } = list
  const csv = {
    ...filtersOf(query),
    by,
    from: list.from,
    bucket: list.bucket,
    q: q ?? null,
    environment,
    format: 'csv',
  }
  const within = filtersOf(query)
  return (
    <>
      <Choices
        href="/operations/usage"
        by={by}
        span={span.id}
        subjects={subjects.filter(({ value }) => goesWith(value, within))}
        within={within}
      />
      <Chips by={by} span={span.id} within={within} />
      <div className="mb-8">
        <DayBarsChart
          title={finding(list, span)}
          note={`${environment} · ${span.bucket}s, UTC · a read of several features counts once a group · filled: online, light: historical`}
          series={['online', 'historical']}
          days={list.buckets.map(({ start, online, offline }) => ({
            date: span.bucket === 'day' ? start.slice(0, 10) : start,
            counts: [online, offline],
          }))}
        />
      </div>
      <UsageTable
        label="Usage"
        by={by}
        data={data}
        list={{
          filterPlaceholder: 'Filter by name',
          defaultSort: '-reads',
          csvHref: withParams('/api/v1/usage', '', csv),
          pager: { kind: 'cursor', cursor, nextCursor: meta.next_cursor, pageSize: limit, total: meta.total },
          ...(data.length > 0
            ? {}
            : { instead: <NothingRead query={query} span={span} environment={environment} /> }),
        }}
      />
    </>
  )
}
