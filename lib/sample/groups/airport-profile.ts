import { countContract, type SampleFeature, type SampleGroup, shareContract } from '../definition'
import { closedAt, closingTests } from './test-flights'

const sql = `with closing as (
  -- Sundays at 00:00 with 28 whole days of flights behind them.
  select unnest(range(
    (select date_trunc('week', min(date) + interval 28 days) + interval 6 days from flights),
    (select date_trunc('day', max(date)) + interval 2 days from flights),
    interval 7 days)) as window_end
), traffic as (
  select
    origin,
    window_end,
    count(*) / 28 as departures_per_day_28d,
    count(distinct destination) as destinations_28d,
    avg(distance) as mean_distance_28d,
    count(*) / sum(count(*)) over (partition by window_end) as share_of_network_28d
  from closing
  join flights on date < window_end and date >= window_end - interval 28 days
  where window_end > $from and window_end <= $to and date >= $from - interval 28 days
  group by origin, window_end
)
select
  origin as airport_code,
  window_end,
  name as airport_name,
  city,
  state,
  latitude::double as latitude,
  longitude::double as longitude,
  departures_per_day_28d,
  destinations_28d,
  mean_distance_28d,
  share_of_network_28d,
  case
    when share_of_network_28d >= 0.01 then 'large hub'
    when share_of_network_28d >= 0.0025 then 'medium hub'
    when share_of_network_28d >= 0.0005 then 'small hub'
    else 'non-hub'
  end as hub_class
from traffic
join airports on iata = origin`

const place: SampleFeature[] = [
  {
    name: 'airport_name',
    type: 'string',
    description: 'The airport’s name, as the register of airports spells it.',
    tags: ['geography'],
    contract: { nullable: false },
  },
  { name: 'city', type: 'string', description: 'City that the airport serves.', tags: ['geography'] },
  {
    name: 'state',
    type: 'string',
    description: 'Two-letter US state or territory of the airport.',
    tags: ['geography'],
    contract: { pattern: '^[A-Z]{2}$' },
  },
  {
    name: 'latitude',
    type: 'float64',
    description: 'Latitude of the airport in degrees, north positive.',
    tags: ['geography'],
    contract: { min: -90, max: 90, nullable: false },
  },
  {
    name: 'longitude',
    type: 'float64',
    description: 'Longitude of the airport in degrees, east positive: negative nearly everywhere in the US.',
    tags: ['geography'],
    contract: { min: -180, max: 180, nullable: false },
  },
]

const size: SampleFeature[] = [
  {
    name: 'departures_per_day_28d',
    type: 'float64',
    description:
      'Departures a day, averaged over the 28 days before the snapshot; days without flights count as 0.',
    tags: ['traffic'],
    contract: countContract,
  },
  {
    name: 'destinations_28d',
    type: 'int64',
    description: 'Different airports reached without a stop in the 28 days before the snapshot.',
    tags: ['traffic'],
    contract: { min: 1, nullable: false },
  },
  {
    name: 'mean_distance_28d',
    type: 'float64',
    description:
      'Mean distance, in statute miles, of the flights that left in the 28 days before the snapshot: low for feeder airports, high for island and coast hubs.',
    tags: ['traffic', 'geography'],
    contract: { min: 10, max: 6000 },
  },
  {
    name: 'share_of_network_28d',
    type: 'float64',
    description: 'Share (0 to 1) of all departures in the network in the 28 days before the snapshot.',
    tags: ['traffic', 'share'],
    contract: { ...shareContract, nullable: false },
  },
  {
    name: 'hub_class',
    type: 'string',
    description:
      'Size class by share of departures, after the FAA’s thresholds: large hub from 1 %, medium hub from 0.25 %, small hub from 0.05 %, else non-hub. The FAA counts passengers; this counts flights.',
    tags: ['traffic', 'category'],
    contract: { allowed: ['large hub', 'medium hub', 'small hub', 'non-hub'], nullable: false },
  },
]

const atlanta = {
  iata: 'ATL',
  name: 'William B Hartsfield-Atlanta Intl',
  city: 'Atlanta',
  state: 'GA',
  latitude: 33.64,
  longitude: -84.43,
}

const tests = closingTests(
  [
    {
      airport_code: 'ATL',
      window_end: closedAt,
      city: 'Atlanta',
      departures_per_day_28d: 4 / 28,
      destinations_28d: 2,
      mean_distance_28d: 343.5,
      share_of_network_28d: 1,
      hub_class: 'large hub',
    },
  ],
  { airports: [atlanta] },
)

/** Weekly snapshot of what kind of airport it is. */
export const airportProfile: SampleGroup = {
  name: 'airport_profile',
  description:
    'What kind of airport it is: name, place, size class and reach. Changes slowly, so it is taken once a week, each Sunday at 00:00, from the register of airports and the flights of the 28 days before. Only airports with a departure in those days have a row (229 of the 3,376 in the register).',
  entity: 'airport',
  primary_key: ['airport_code'],
  timestamp_key: 'window_end',
  owner_team: 'network',
  domain: 'network',
  tags: ['profile', 'slow', 'weekly'],
  classification: 'public',
  ttl: 'P60D',
  online: true,
  cadence: 'P7D',
  source: 'airports',
  transformation: {
    sql,
    inputs: ['airports', 'flights'],
    schedule: '0 2 * * 0',
    on_new_data: true,
    interval: 'P1D',
    lookback: 'P28D',
    tests,
  },
  features: [...place, ...size],
}
