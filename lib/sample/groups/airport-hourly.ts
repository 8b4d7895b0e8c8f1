import type { SampleGroup } from '../definition'
import { closedAt, closingTests } from './test-flights'

const sql = `with closing as (
  -- Midnights at which 28 whole days of flights lie behind.
  select unnest(range(
    (select date_trunc('day', min(date)) + interval 28 days from flights),
    (select date_trunc('day', max(date)) + interval 2 days from flights),
    interval 1 day)) as window_end
), hourly as (
  select
    origin,
    window_end,
    hour(date) as hour_of_day,
    count(*) as flights,
    avg((delay >= 15)::int) as share_late
  from closing
  join flights on date < window_end and date >= window_end - interval 28 days
  where window_end > $from and window_end <= $to and date >= $from - interval 28 days
  group by origin, window_end, hour_of_day
), filled as (
  select origin, window_end, map_from_entries(list((hour_of_day, (flights, share_late)))) as hours
  from hourly
  group by origin, window_end
)
select
  origin as airport_code,
  window_end,
  list_transform(range(24), lambda hour: coalesce(hours[hour][1], 0)) as departures_by_hour_28d,
  list_transform(range(24), lambda hour: hours[hour][2]) as share_late_by_hour_28d
from filled`

const byHour = <T>(values: Record<number, T>, otherwise: T): T[] =>
  Array.from({ length: 24 }, (_, hour) => values[hour] ?? otherwise)

const tests = closingTests([
  {
    airport_code: 'ATL',
    window_end: closedAt,
    departures_by_hour_28d: byHour({ 6: 1, 8: 1, 9: 1, 23: 1 }, 0),
    share_late_by_hour_28d: byHour<number | null>({ 6: 0, 8: 0, 9: 1, 23: 1 }, null),
  },
])

/** Delays and traffic of an airport by hour of day, as arrays of 24. */
export const airportHourly: SampleGroup = {
  name: 'airport_hourly',
  description:
    'How an airport’s day runs: departures and share of late flights for each hour of the day, over the last 28 whole days. Each value is an array of 24, hour 0 first, in the airport’s local time. Delays build up through the day, so the hour says more than the daily mean; hours with a handful of flights jump about, which is why the counts stand beside the shares.',
  entity: 'airport',
  primary_key: ['airport_code'],
  timestamp_key: 'window_end',
  owner_team: 'network',
  domain: 'network',
  tags: ['delay', 'hourly', 'rolling', 'daily'],
  classification: 'internal',
  ttl: 'P60D',
  online: true,
  cadence: 'P1D',
  source: 'flights',
  transformation: {
    sql,
    inputs: ['flights'],
    schedule: '0 1 * * *',
    on_new_data: true,
    interval: 'P1D',
    lookback: 'P28D',
    tests,
  },
  features: [
    {
      name: 'departures_by_hour_28d',
      type: 'array<int64>',
      description:
        'Departures in each hour of the day (24 numbers, hour 0 first) over the 28 days before the window closed; 0 where there were none.',
      tags: ['traffic'],
      contract: { nullable: false },
    },
    {
      name: 'share_late_by_hour_28d',
      type: 'array<float64>',
      description:
        'Share (0 to 1) of flights that arrived 15 minutes late or more, by hour of departure (24 numbers, hour 0 first), over the 28 days before the window closed; empty where no flight left in that hour.',
      tags: ['delay'],
      contract: { nullable: false },
    },
  ],
}
