import {
  countContract,
  delayContract,
  type SampleFeature,
  type SampleGroup,
  shareContract,
} from '../definition'
import { closedAt, closingTests } from './test-flights'

const windows = [
  { suffix: '1d', text: 'the day', days: 1 },
  { suffix: '7d', text: 'the 7 days', days: 7 },
  { suffix: '28d', text: 'the 28 days', days: 28 },
]

const sql = `with closing as (
  -- Midnights at which 28 whole days of flights lie behind.
  select unnest(range(
    (select date_trunc('day', min(date)) + interval 28 days from flights),
    (select date_trunc('day', max(date)) + interval 2 days from flights),
    interval 1 day)) as window_end
), daily as (
  select
    origin,
    date_trunc('day', date) as day,
    count(*) as departures,
    count(delay) as arrivals,
    sum(delay) as delay_sum,
    count(*) filter (where delay >= 15) as late,
    list(delay) as delays
  from flights
  where date >= $from - interval 28 days
  group by origin, day
)
select
  origin as airport_code,
  window_end,
${windows.map(({ suffix, days }) => columnsOf(suffix, days)).join(',\n')}
from closing
join daily on day < window_end and day >= window_end - interval 28 days
where window_end > $from and window_end <= $to
group by origin, window_end`

function columnsOf(suffix: string, days: number): string {
  const inside = days === 28 ? '' : ` filter (where day >= window_end - interval ${days} days)`
  return [
    `  coalesce(sum(departures)${inside}, 0)::bigint as departures_${suffix}`,
    `  sum(delay_sum)${inside} / nullif(sum(arrivals)${inside}, 0) as mean_delay_${suffix}`,
    `  list_aggregate(flatten(list(delays)${inside}), 'quantile_cont', 0.9) as p90_delay_${suffix}`,
    `  sum(late)${inside} / nullif(sum(arrivals)${inside}, 0) as share_late_${suffix}`,
  ].join(',\n')
}

const featuresOf = ({
  suffix,
  text,
  days,
}: {
  suffix: string
  text: string
  days: number
}): SampleFeature[] => [
  {
    name: `departures_${suffix}`,
    type: 'int64',
    description: `Flights that left the airport in ${text} before the window closed${days === 1 ? '; 0 when none did' : ''}.`,
    tags: ['traffic'],
    contract: countContract,
  },
  {
    name: `mean_delay_${suffix}`,
    type: 'float64',
    description: `Mean arrival delay, in minutes, of the flights that left in ${text} before the window closed. Early arrivals count as negative${days === 1 ? '; empty on a day without flights' : ''}.`,
    tags: ['delay'],
    contract: delayContract,
  },
  {
    name: `p90_delay_${suffix}`,
    type: 'float64',
    description: `Nine flights in ten that left in ${text} before the window closed arrived at most this many minutes late (90th percentile, interpolated)${days === 1 ? '; rough at airports with few flights a day' : ''}.`,
    tags: ['delay'],
    contract: delayContract,
  },
  {
    name: `share_late_${suffix}`,
    type: 'float64',
    description: `Share (0 to 1) of the flights that left in ${text} before the window closed and arrived 15 minutes late or more, the usual definition of a late flight${days === 1 ? '; empty on a day without flights' : ''}.`,
    tags: ['delay'],
    contract: shareContract,
  },
]

const tests = closingTests([
  {
    airport_code: 'ATL',
    window_end: closedAt,
    departures_1d: 2,
    mean_delay_1d: 60,
    p90_delay_1d: 92,
    share_late_1d: 1,
    departures_7d: 3,
    mean_delay_7d: 40,
    p90_delay_7d: 84,
    share_late_7d: 2 / 3,
    departures_28d: 4,
    mean_delay_28d: 32.5,
    p90_delay_28d: 76,
    share_late_28d: 0.5,
  },
])

/** Daily delays of an airport over 1, 7 and 28 days. */
export const airportDelays: SampleGroup = {
  name: 'airport_delays',
  description:
    'How late the flights that leave an airport arrive, over the last 1, 7 and 28 whole days: number of flights, mean, 90th percentile and share late. One row an airport and day, stamped with the midnight at which the windows close, so that a flight never sees its own delay. Airports without a flight in 28 days have no row. Caution: a flight still in the air at midnight is counted with the delay it ended with, and all times are local times of the airport, kept as UTC.',
  entity: 'airport',
  primary_key: ['airport_code'],
  timestamp_key: 'window_end',
  owner_team: 'flights',
  domain: 'flights',
  tags: ['delay', 'rolling', 'daily'],
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
  features: windows.flatMap(featuresOf),
}
