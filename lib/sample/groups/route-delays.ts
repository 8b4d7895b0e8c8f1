import { delayContract, type SampleFeature, type SampleGroup, shareContract } from '../definition'
import { closedAt, closingTests } from './test-flights'

const sql = `with closing as (
  -- Midnights at which 28 whole days of flights lie behind.
  select unnest(range(
    (select date_trunc('day', min(date)) + interval 28 days from flights),
    (select date_trunc('day', max(date)) + interval 2 days from flights),
    interval 1 day)) as window_end
), daily as (
  select
    origin,
    destination,
    date_trunc('day', date) as day,
    count(delay) as arrivals,
    sum(delay) as delay_sum,
    count(*) filter (where delay >= 15) as late,
    count(*) filter (where delay >= 60) as very_late,
    max(delay) as worst
  from flights
  where date >= $from - interval 28 days
  group by origin, destination, day
), windows as (
  select
    origin,
    destination,
    window_end,
    nullif(sum(arrivals) filter (where day >= window_end - interval 7 days), 0) as arrivals_7d,
    sum(delay_sum) filter (where day >= window_end - interval 7 days) as delay_sum_7d,
    sum(late) filter (where day >= window_end - interval 7 days) as late_7d,
    nullif(sum(arrivals), 0) as arrivals_28d,
    sum(delay_sum) as delay_sum_28d,
    sum(late) as late_28d,
    sum(very_late) as very_late_28d,
    max(worst) as worst_28d
  from closing
  join daily on day < window_end and day >= window_end - interval 28 days
  where window_end > $from and window_end <= $to
  group by origin, destination, window_end
)
select
  origin,
  destination,
  window_end,
  delay_sum_7d / arrivals_7d as route_mean_delay_7d,
  late_7d / arrivals_7d as route_share_late_7d,
  delay_sum_28d / arrivals_28d as route_mean_delay_28d,
  late_28d / arrivals_28d as route_share_late_28d,
  very_late_28d / arrivals_28d as route_share_very_late_28d,
  worst_28d as route_worst_delay_28d
from windows`

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
    name: 'route_share_late_28d',
    type: 'float64',
    description:
      'Share (0 to 1) of the route’s flights in the 28 days before the window closed that arrived 15 minutes late or more.',
    tags: ['delay'],
    contract: shareContract,
  },
  {
    name: 'route_share_very_late_28d',
    type: 'float64',
    description:
      'Share (0 to 1) of the route’s flights in the 28 days before the window closed that arrived an hour late or more: the flights that cost connections. Around 5 in 100; on thin routes often exactly 0.',
    tags: ['delay', 'tail'],
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

const tests = closingTests([
  {
    origin: 'ATL',
    destination: 'SAV',
    window_end: closedAt,
    route_mean_delay_7d: 10,
    route_share_late_7d: 0.5,
    route_mean_delay_28d: 10,
    route_share_late_28d: 1 / 3,
    route_share_very_late_28d: 0,
    route_worst_delay_28d: 20,
  },
  {
    origin: 'ATL',
    destination: 'DFW',
    window_end: closedAt,
    route_mean_delay_7d: 100,
    route_share_late_7d: 1,
    route_mean_delay_28d: 100,
    route_share_late_28d: 1,
    route_share_very_late_28d: 1,
    route_worst_delay_28d: 100,
  },
])

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
  transformation: {
    sql,
    inputs: ['flights'],
    schedule: '0 1 * * *',
    on_new_data: true,
    interval: 'P1D',
    lookback: 'P28D',
    tests,
  },
  features,
}
