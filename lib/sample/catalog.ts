import { type SampleCalendar, trueFirstDay, trueLastDay } from './calendar'
import { engagementFormula } from './engagement'
import type { Variant } from './variant'

/** Who owns the groups. */
export const teams = [
  {
    name: 'flights',
    display_name: 'Flights',
    description: 'Delays of flights, and the models that predict them.',
    maintainer: 'mara.voss@sample.example',
  },
  {
    name: 'network',
    display_name: 'Network',
    description: 'Airports, routes and traffic.',
    maintainer: 'mara.voss@sample.example',
  },
  {
    name: 'growth',
    display_name: 'Growth',
    description: 'Customers: engagement and churn.',
    maintainer: 'ines.okafor@sample.example',
  },
]

/** What the groups describe, as the registry's interface takes it. */
export const entities = [
  {
    name: 'airport',
    description: 'An airport with scheduled flights in the US, by its three-letter IATA code.',
    keys: [{ name: 'airport_code', type: 'string' }],
    domain: 'network',
    owner_team: 'network',
  },
  {
    name: 'route',
    description:
      'A pair of airports flown without a stop, in one direction: ATL to SAV and SAV to ATL are two routes.',
    keys: [
      { name: 'origin', type: 'string' },
      { name: 'destination', type: 'string' },
    ],
    domain: 'network',
    owner_team: 'network',
  },
  {
    name: 'flight',
    description:
      'One departure of one aircraft. The key is the number of its row in the source file, from 1, because the file names neither carrier nor flight number.',
    keys: [{ name: 'flight_id', type: 'int64' }],
    domain: 'flights',
    owner_team: 'flights',
  },
  {
    name: 'customer',
    description: 'A person with an account.',
    keys: [{ name: 'customer_id', type: 'int64' }],
    domain: 'customers',
    owner_team: 'growth',
  },
]

/** Below the folder of sources; replay adds a file a day. */
export const flightsFolder = 'flights'
export const airportsFile = 'airports.csv'

/** Where the raw data comes from. */
export const sources = [
  {
    name: 'flights',
    description:
      'US flights by departure: flight_id, date (departure, local time), delay (arrival delay in minutes, early is negative), distance (statute miles), origin, destination. One file arrives a day.',
    kind: 'file',
    config: { path: `${flightsFolder}/*.parquet`, format: 'parquet' },
    freshness: 'P1D',
    owner_team: 'flights',
  },
  {
    name: 'airports',
    description: 'Register of 3,376 airports: IATA code, name, city, state, country, latitude, longitude.',
    kind: 'file',
    config: { path: airportsFile, format: 'csv' },
    owner_team: 'network',
  },
  {
    name: 'web_sessions',
    description: 'Daily engagement of customers, pushed by the web application.',
    kind: 'push',
    config: {},
    owner_team: 'growth',
  },
]

/** What models consume. */
export const services = [
  {
    name: 'delay_model_v1',
    description:
      'Inputs of the first delay model: will this flight arrive 15 minutes late or more? Airport and route of the last week, nothing else.',
    purpose: 'flight delay prediction',
    owner_team: 'flights',
    tags: ['delay'],
    features: [
      'airport_delays:mean_delay_1d',
      'airport_delays:mean_delay_7d',
      'airport_delays:share_late_7d',
      'route_delays:route_mean_delay_7d',
      'route_delays:route_share_late_7d',
    ],
  },
  {
    name: 'delay_model_v2',
    description:
      'Inputs of the second delay model: the first one’s, steadied by four-week windows and tails, with traffic and the kind of airport.',
    purpose: 'flight delay prediction',
    owner_team: 'flights',
    tags: ['delay'],
    features: [
      'airport_delays:departures_1d',
      'airport_delays:mean_delay_1d',
      'airport_delays:mean_delay_7d',
      'airport_delays:p90_delay_7d',
      'airport_delays:share_late_28d',
      'airport_hourly:share_late_by_hour_28d',
      'airport_profile:hub_class',
      'airport_profile:destinations_28d',
      'route_delays:route_mean_delay_7d',
      'route_delays:route_share_very_late_28d',
      'route_delays:route_share_late_28d',
      'route_traffic:route_flights_7d',
      'route_traffic:distance_miles',
      'route_traffic:route_share_of_origin_28d',
    ],
  },
  {
    name: 'churn_model_v1',
    description: 'Inputs of the churn model: will this customer be lost in the next 30 days?',
    purpose: 'churn prediction',
    owner_team: 'growth',
    tags: ['churn'],
    features: ['customer_engagement:num_logins', 'customer_engagement:avg_session_duration'],
  },
]

/** What the page of a flight group must say about its data. */
export const flightsNote = (calendar: SampleCalendar, variant: Variant): string =>
  [
    ...(variant === 'small' ? ['A part of the sample: the 25 busiest airports and the last 12 weeks.'] : []),
    `Sample data: real US flights of ${trueFirstDay} to ${trueLastDay} (vega-datasets, BSD-3), moved forward by ${calendar.shiftWeeks} weeks, so that they lie between ${calendar.firstDay} and ${calendar.lastDay}. Six flights stamped midnight after the last day are left out.`,
    `The four weeks from ${calendar.historyEnd} on are held back: the group is behind its schedule until \`npm run almanac -- sample replay\` has brought them in, one day a tick.`,
    `Planted in the held-back weeks: on ${calendar.unitErrorDay} the delays of the 20 busiest airports arrive 60 times too large, as if minutes were hours; on ${calendar.missingDistanceDay} the distance of 12 % of the routes is missing. Everything else is as it was recorded.`,
  ].join(' ')

/** What the page of a customer group must say about its data. */
export const customersNote = `${engagementFormula} Rows keep the dates of 2023, so the group has no time-to-live and no promise of freshness.`
