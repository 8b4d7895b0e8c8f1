import { countContract, type SampleFeature, type SampleGroup, shareContract } from '../definition'
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
    count(*) as flights,
    arg_max_null(distance, (date, flight_id)) as distance
  from flights
  where date >= $from - interval 28 days
  group by origin, destination, day
), traffic as (
  select
    origin,
    destination,
    window_end,
    coalesce(sum(flights) filter (where day >= window_end - interval 1 day), 0)::bigint as route_flights_1d,
    coalesce(sum(flights) filter (where day >= window_end - interval 7 days), 0)::bigint as route_flights_7d,
    sum(flights)::bigint as route_flights_28d,
    count(*) as route_days_flown_28d,
    arg_max_null(distance, day) as distance_miles
  from closing
  join daily on day < window_end and day >= window_end - interval 28 days
  where window_end > $from and window_end <= $to
  group by origin, destination, window_end
)
select
  *,
  route_flights_28d / sum(route_flights_28d) over (partition by origin, window_end) as route_share_of_origin_28d
from traffic`

const features: SampleFeature[] = [
  {
    name: 'route_flights_1d',
    type: 'int64',
    description: 'Flights on the route in the day before the window closed; 0 when it was not flown.',
    tags: ['traffic'],
    contract: countContract,
  },
  {
    name: 'route_flights_7d',
    type: 'int64',
    description:
      'Flights on the route in the 7 days before the window closed. A whole week, so weekday patterns cancel out.',
    tags: ['traffic'],
    contract: countContract,
  },
  {
    name: 'route_flights_28d',
    type: 'int64',
    description: 'Flights on the route in the 28 days before the window closed: four whole weeks.',
    tags: ['traffic'],
    contract: { min: 1, nullable: false },
  },
  {
    name: 'route_days_flown_28d',
    type: 'int64',
    description:
      'Days, of the 28 before the window closed, with at least one flight on the route: 28 for a daily service, 4 for a weekly one.',
    tags: ['traffic'],
    contract: { min: 1, max: 28, nullable: false },
  },
  {
    name: 'distance_miles',
    type: 'int64',
    description:
      'Great-circle distance of the route in statute miles, as reported by its latest flight. It does not change in reality: a change or a missing value is a fault upstream.',
    tags: ['geography'],
    contract: { min: 10, max: 6000 },
  },
  {
    name: 'route_share_of_origin_28d',
    type: 'float64',
    description:
      'Share (0 to 1) of all departures of the origin airport in the 28 days before the window closed that flew this route; the shares of one airport add up to 1.',
    tags: ['traffic', 'share'],
    contract: { ...shareContract, nullable: false },
  },
]

const tests = closingTests([
  {
    origin: 'ATL',
    destination: 'SAV',
    window_end: closedAt,
    route_flights_1d: 1,
    route_flights_7d: 2,
    route_flights_28d: 3,
    route_days_flown_28d: 3,
    distance_miles: 214,
    route_share_of_origin_28d: 0.75,
  },
  {
    origin: 'ATL',
    destination: 'DFW',
    window_end: closedAt,
    route_flights_1d: 1,
    route_flights_7d: 1,
    route_flights_28d: 1,
    route_days_flown_28d: 1,
    distance_miles: 732,
    route_share_of_origin_28d: 0.25,
  },
])

/** Daily traffic of a route over 1, 7 and 28 days. */
export const routeTraffic: SampleGroup = {
  name: 'route_traffic',
  description:
    'How much a route (origin and destination airport, one direction) is flown: flights over 1, 7 and 28 whole days, days flown, distance, and its weight at the origin airport. One row a route and day, stamped with the midnight at which the windows close. Counts flights that left, not flights planned: cancellations are not in the source.',
  entity: 'route',
  primary_key: ['origin', 'destination'],
  timestamp_key: 'window_end',
  owner_team: 'network',
  domain: 'network',
  tags: ['traffic', 'rolling', 'daily'],
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
