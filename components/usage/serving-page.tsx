import { assetHref } from '@/components/catalog/asset-href'
import { DayBarsChart } from '@/components/charts/day-bars-chart'
import { LatencyChart } from '@/components/charts/latency-chart'
import { Sparkline } from '@/components/charts/sparkline'
import { DataTable } from '@/components/data-table/data-table'
import { FilterChips } from '@/components/data-table/filter-chips'
import type { TableColumn } from '@/components/data-table/types'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount, formatMilliseconds, plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { PhoneWord } from '@/components/ui/phone-word'
import { withParams } from '@/components/ui/route'
import type { ServingQuery, ServingResource, ServingRowResource } from '@/lib/catalog/operations'
import { Choices } from './choices'
import { routeWords } from './route-words'
import type { UsageSpan } from './spans'

const subjects = [
  { value: 'service', label: 'Services' },
  { value: 'route', label: 'Routes' },
  { value: 'consumer', label: 'Readers' },
]

const columnsOf = (by: ServingQuery['by']): TableColumn[] => [
  ...(by === 'route'
    ? []
    : [
        {
          id: 'subject',
          header: by === 'service' ? 'Service' : 'Reader',
          grow: true,
          fixed: true,
          phone: 'first' as const,
        },
      ]),
  {
    id: 'route',
    header: 'Route',
    ...(by === 'route'
      ? { grow: true, fixed: true, phone: 'first' as const }
      : { width: '168px', phone: 'second' as const }),
  },
  { id: 'series', header: 'p99 over time', width: '104px', from: 'md' },
  { id: 'requests', header: 'Requests', align: 'right', width: '96px', phone: 'second' },
  { id: 'p50', header: 'p50', align: 'right', width: '80px', from: 'md' },
  { id: 'p99', header: 'p99', align: 'right', width: '88px', phone: 'second' },
  { id: 'refused', header: 'Refused', align: 'right', width: '80px', from: 'md' },
  { id: 'failed', header: 'Failed', align: 'right', width: '80px', phone: 'second' },
]

function subjectCell(by: ServingQuery['by'], { service, consumer, owner }: ServingRowResource) {
  if (by === 'service')
    return service ? (
      <Name name={service} href={assetHref('service', service)} />
    ) : (
      <span className="text-muted">features by name</span>
    )
  return (
    <>
      {consumer ?? <span className="text-muted">nobody signed in</span>}
      {owner && owner !== consumer ? <span className="text-12 text-muted"> {owner}</span> : null}
    </>
  )
}

/** One point is no course. */
function SlowestOverTime({ series }: Pick<ServingRowResource, 'series'>) {
  if (series.filter(({ p99_ms }) => p99_ms !== null).length < 2) return null
  return (
    <Sparkline values={series.map(({ p99_ms }) => p99_ms)} label="99th percentile over time" width={88} />
  )
}

const cellsOf = (by: ServingQuery['by'], row: ServingRowResource) => ({
  subject: subjectCell(by, row),
  route: routeWords(row.route),
  series: <SlowestOverTime series={row.series} />,
  requests: (
    <>
      {formatCount(row.requests)}
      <PhoneWord>requests</PhoneWord>
    </>
  ),
  p50: formatMilliseconds(row.p50_ms),
  p99: (
    <>
      {formatMilliseconds(row.p99_ms)}
      <PhoneWord>p99</PhoneWord>
    </>
  ),
  refused: formatCount(row.refused),
  failed: (
    <span className={row.failed > 0 ? 'text-fail' : undefined}>
      {formatCount(row.failed)}
      <PhoneWord>failed</PhoneWord>
    </span>
  ),
})

type Buckets = ServingResource['buckets']

const total = (buckets: Buckets, of: 'requests' | 'refused' | 'failed') =>
  buckets.reduce((sum, bucket) => sum + bucket[of], 0)

/** "1,204 requests in 24 hours, 3 refused, none failed". */
function finding(buckets: Buckets, { label }: UsageSpan): string {
  const words = (of: 'refused' | 'failed') => {
    const count = total(buckets, of)
    return `${count === 0 ? 'none' : formatCount(count)} ${of}`
  }
  return `${plural(total(buckets, 'requests'), 'request')} in ${label}, ${words('refused')}, ${words('failed')}`
}

function slowest(buckets: Buckets): string {
  const times = buckets.flatMap(({ p99_ms }) => p99_ms ?? [])
  if (times.length === 0) return 'Nothing was answered'
  const [low, high] = [Math.min(...times), Math.max(...times)].map(formatMilliseconds)
  return low === high ? `p99 ${high}` : `p99 between ${low} and ${high}`
}

interface ServingPageProps {
  query: ServingQuery
  span: UsageSpan
  serving: ServingResource
  environment: string
}

function Charts({ span, serving: { buckets }, environment }: Omit<ServingPageProps, 'query'>) {
  const startOf = (start: string) => (span.bucket === 'day' ? start.slice(0, 10) : start)
  const note = `${environment} · ${span.bucket}s, UTC`
  return (
    <div className="mb-8 grid gap-x-8 gap-y-6 lg:grid-cols-2">
      <DayBarsChart
        title={finding(buckets, span)}
        note={`${note} · filled: answered, light: refused or failed`}
        series={['answered', 'refused or failed']}
        days={buckets.map(({ start, requests, refused, failed }) => ({
          date: startOf(start),
          counts: [requests - refused - failed, refused + failed],
        }))}
      />
      <LatencyChart
        title={slowest(buckets)}
        note={`${note} · line: p50, dashed: p99 · hatched: nothing was answered`}
        points={buckets.map(({ start, p50_ms, p99_ms }) => ({
          start: startOf(start),
          median: p50_ms,
          slow: p99_ms,
        }))}
      />
    </div>
  )
}

/** How reads were answered, of services that its reader may see. */
export function ServingPage({ query, span, serving, environment }: ServingPageProps) {
  const { by } = query
  const { rows } = serving
  const within: Record<string, string> = query.service === undefined ? {} : { service: query.service }
  const all = withParams('/operations/serving', '', { by, span: span.id })
  const csv = { ...within, by, from: serving.from, bucket: serving.bucket, environment, format: 'csv' }
  return (
    <>
      <Choices href="/operations/serving" by={by} span={span.id} subjects={subjects} within={within} />
      {query.service ? (
        <div className="mb-4">
          <FilterChips
            chips={[{ label: 'Service', value: query.service, removeHref: all }]}
            clearHref={all}
          />
        </div>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState
          title={`No service was read in ${environment} in ${span.label}`}
          action={<ButtonLink href="/catalog?kind=service">Feature services</ButtonLink>}
        >
          Each read over HTTP is counted within a second: when it was asked, by whom, through which service,
          and how long it took.
        </EmptyState>
      ) : (
        <>
          <Charts span={span} serving={serving} environment={environment} />
          <DataTable
            label="Serving"
            columns={columnsOf(by)}
            rows={rows.map((row, at) => ({
              id: `${row.service ?? row.consumer ?? ''}/${row.route}/${at}`,
              cells: cellsOf(by, row),
            }))}
            csvHref={withParams('/api/v1/usage/serving', '', csv)}
          />
        </>
      )}
    </>
  )
}
