import type { Context } from '@/lib/core/context'
import { type CsvCell, csvLine } from '@/lib/core/csv-line'
import type { ServingQuery, UsageListQuery } from '../usage-lists-operations'
import { getServing } from './get-serving'
import { listUsage } from './list-usage'

const mostLines = 10_000

/** A list of usage as CSV, whatever page was asked for: a line a feature, group, service or consumer. Errors: as listUsage. */
export async function usageCsv(ctx: Context, { cursor: _page, ...query }: UsageListQuery): Promise<string> {
  const { data, buckets } = await listUsage(ctx, { ...query, limit: mostLines })
  const starts = buckets.map(({ start }) => (query.bucket === 'day' ? start.slice(0, 10) : start))
  const header = ['kind', 'name', 'owner', 'teams', 'reads', 'online', 'offline', 'consumers', 'last_read']
  const lines = data.map((one): CsvCell[] => [
    one.kind,
    one.name,
    one.owner,
    one.teams.join(' '),
    one.reads,
    one.online,
    one.offline,
    one.consumers,
    one.last_read,
    ...one.series,
  ])
  return [[...header, ...starts], ...lines].map(csvLine).join('')
}

/** How reads were answered, as CSV: a line a bucket with requests. Errors: as getServing. */
export async function servingCsv(ctx: Context, query: ServingQuery): Promise<string> {
  const { rows, buckets } = await getServing(ctx, query)
  const header = [
    'start',
    'service',
    'consumer',
    'route',
    'requests',
    'refused',
    'failed',
    'p50_ms',
    'p99_ms',
  ]
  const lines = rows.flatMap(({ service, consumer, route, series }) =>
    series.flatMap((one, at): CsvCell[][] =>
      one.requests === 0
        ? []
        : [
            [
              buckets[at]?.start,
              service,
              consumer,
              route,
              one.requests,
              one.refused,
              one.failed,
              one.p50_ms,
              one.p99_ms,
            ],
          ],
    ),
  )
  return [header, ...lines].map(csvLine).join('')
}
