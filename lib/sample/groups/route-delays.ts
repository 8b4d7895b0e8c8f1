import { delayContract, type SampleFeature, type SampleGroup, shareContract } from '../definition'

const sql = `with closing as (
  -- Midnights at which 28 whole days of flights lie behind.
  select unnest(range(
    (select date_trunc('day', min(date)) + interval 28 days from flights),
    (select date_trunc('day', max(date)) + interval 2 days from flights),
    interval 1 day)) as window_end
)
select
  origin,
  destination,
  window_end,
  avg(delay) filter (where date >= window_end - interval 7 days) as route_mean_delay_7d,
  avg((delay >= 15)::int) filter (where date >= window_end - interval 7 days) as route_share_late_7d,
  avg(delay) as route_mean_delay_28d,
  quantile_cont(delay, 0.9) as route_p90_delay_28d,
  avg((delay >= 15)::int) as route_share_late_28d,
  max(delay) as route_worst_delay_28d
from closing
join flights on date < window_end and date >= window_end - interval 28 days
where window_end > $from and window_end <= $to and date >= $from - interval 28 days
group by origin, destination, window_end`

const features: SampleFeature[] = [
  {
    name: 'route_mean_delay_7d',
    type: 'float64',
    description:
      'Mean arrival delay, in minutes, of the route’s flights in the 7 days before the window closed; early arrivals count as negative. Empty when the route was not flown that week.',
    tags: ['delay'],
    contract: delayContract,
  },
  {
    name: 'route_share_late_7d',
    type: 'float64',
    description:
      'Share (0 to 1) of the route’s flights in the 7 days before the window closed that arrived 15 minutes late or more. A typical route has about 30 flights a week, so steps of 3 points are noise.',
    tags: ['delay'],
    contract: shareContract,
  },
  {
    name: 'route_mean_delay_28d',
    type: 'float64',
    description:
      'Mean arrival delay, in minutes, of the route’s flights in the 28 days before the window closed; early arrivals count as negative. The steadier choice for routes flown less than daily.',
    tags: ['delay'],
    contract: delayContract,
  },
  {
    name: 'route_p90_delay_28d',
    type: 'float64',
    description:
      'Nine in ten of the route’s flights in the 28 days before the window closed arrived at most this many minutes late (90th percentile, interpolated).',
    tags: ['delay', 'tail'],
    contract: delayContract,
  },
  {
    name: 'route_share_late_28d',
    type: 'float64',
    description:
      'Share (0 to 1) of the route’s flights in the 28 days before the window closed that arrived 15 minutes late or more.',
    tags: ['delay'],
    contract: shareContract,
  },
  {
    name: 'route_worst_delay_28d',
    type: 'int64',
    description:
      'Longest arrival delay, in minutes, of the route’s flights in the 28 days before the window closed. One bad flight sets it for four weeks: useful for buffers, misleading as an average.',
    tags: ['delay', 'tail'],
    contract: delayContract,
  },
]

/** Daily delays of a route over 7 and 28 days. */
export const routeDelays: SampleGroup = {
  name: 'route_delays',
  description:
    'How late the flights of a route (origin and destination airport, one direction) arrive, over the last 7 and 28 whole days. One row a route and day, stamped with the midnight at which the windows close. There is no one-day window: a typical route has four flights a day, too few to say anything. Routes not flown in 28 days have no row.',
  entity: 'route',
  primary_key: ['origin', 'destination'],
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
  features,
}
