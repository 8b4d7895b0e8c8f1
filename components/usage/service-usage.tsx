import Link from 'next/link'
import { DayBarsChart } from '@/components/charts/day-bars-chart'
import { LatencyChart } from '@/components/charts/latency-chart'
import { EmptyState } from '@/components/ui/empty-state'
import { formatMilliseconds, plural } from '@/components/ui/format-number'
import { toRoute, withParams } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import type { ServingResource, UsageListResource } from '@/lib/catalog/operations'
import { UsageTable } from './usage-table'

interface ServiceUsageProps {
  name: string
  environment: string
  /** Its readers, by day. */
  readers: UsageListResource
  serving: ServingResource
}

/** Who reads a service, how often, and how long the answers took. */
export function ServiceUsage({ name, environment, readers, serving }: ServiceUsageProps) {
  const { buckets, data } = readers
  const days = buckets.length
  const reads = buckets.reduce((sum, { online, offline }) => sum + online + offline, 0)
  const href = (page: string, by: string) =>
    toRoute(withParams(`/operations/${page}`, '', { by, service: name, environment, span: '30d' }))
  if (reads === 0 && serving.rows.length === 0)
    return (
      <Section title="Usage" id="usage">
        <EmptyState title={`Nobody has read it in ${environment} in ${days} days`}>
          Each read is counted within a second: who asked, and how long the answer took.
        </EmptyState>
      </Section>
    )
  const slow = Math.max(0, ...serving.buckets.map(({ p99_ms }) => p99_ms ?? 0))
  return (
    <Section
      title="Usage"
      id="usage"
      aside={
        <span className="flex gap-4">
          <Link className="link" href={href('usage', 'consumer')}>
            Usage
          </Link>
          <Link className="link" href={href('serving', 'consumer')}>
            Latency by reader
          </Link>
        </span>
      }
    >
      <div className="mb-6 grid gap-x-8 gap-y-6 lg:grid-cols-2">
        <DayBarsChart
          title={`${plural(reads, 'read')} by ${plural(readers.meta.total, 'reader')} in ${days} days`}
          note={`${environment} · days, UTC · filled: online, light: historical`}
          series={['online', 'historical']}
          days={buckets.map(({ start, online, offline }) => ({
            date: start.slice(0, 10),
            counts: [online, offline],
          }))}
        />
        <LatencyChart
          title={slow === 0 ? 'No answer was timed' : `p99 at most ${formatMilliseconds(slow)}`}
          note={`${environment} · days, UTC · line: p50, dashed: p99 · hatched: nothing was answered`}
          points={serving.buckets.map(({ start, p50_ms, p99_ms }) => ({
            start: start.slice(0, 10),
            median: p50_ms,
            slow: p99_ms,
          }))}
        />
      </div>
      {data.length > 0 ? <UsageTable by="consumer" data={data} label="Readers of the service" /> : null}
    </Section>
  )
}
