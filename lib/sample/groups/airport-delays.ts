import {
  countContract,
  delayContract,
  type SampleFeature,
  type SampleGroup,
  shareContract,
} from '../definition'

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
  transformation: { sql, inputs: ['flights'], schedule: '0 1 * * *' },
  features: windows.flatMap(featuresOf),
}
