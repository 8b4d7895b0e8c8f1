import type { TransformationTest } from '@/db/schema'
import type { SampleGroup } from '../definition'

const sql = `select
  flight_id,
  date as departed_at,
  origin,
  destination,
  delay as delay_minutes,
  delay >= 15 as delayed_15
from flights
where date > $from and date <= $to`

const departure = { distance: 214, origin: 'ATL', destination: 'SAV' }

const tests: TransformationTest[] = [
  {
    name: 'a flight is stamped with its own departure',
    description: '15 minutes are late, 14 are not, and nobody knows of a flight without a delay.',
    inputs: {
      flights: [
        { flight_id: 1, date: '2026-01-31T09:00:00Z', delay: 60, ...departure },
        { flight_id: 2, date: '2026-01-31T09:01:00Z', delay: 15, ...departure },
        { flight_id: 3, date: '2026-01-31T09:02:00Z', delay: 14, ...departure },
        { flight_id: 4, date: '2026-01-31T10:00:00Z', delay: null, ...departure },
        { flight_id: 5, date: '2026-01-31T10:00:01Z', delay: 0, ...departure },
      ],
    },
    window: { from: '2026-01-31T09:00:00Z', to: '2026-01-31T10:00:00Z' },
    expect: [
      { flight_id: 2, departed_at: '2026-01-31T09:01:00Z', delay_minutes: 15, delayed_15: true },
      { flight_id: 3, departed_at: '2026-01-31T09:02:00Z', delay_minutes: 14, delayed_15: false },
      { flight_id: 4, departed_at: '2026-01-31T10:00:00Z', delay_minutes: null, delayed_15: null },
    ],
    order: 'any',
  },
]

/** The label group: how each flight ended. */
export const flightOutcome: SampleGroup = {
  name: 'flight_outcome',
  description:
    'How each flight ended: the target that the delay models predict. One row a flight, stamped with its own departure; origin and destination are there to build training rows from. A label, never an input: at departure nobody knows it. The flight’s key is the number of its row in the source file, because neither carrier nor flight number is in it, and 7,851 combinations of time, origin and destination occur more than once.',
  entity: 'flight',
  primary_key: ['flight_id'],
  timestamp_key: 'departed_at',
  owner_team: 'flights',
  domain: 'flights',
  tags: ['label', 'delay'],
  classification: 'internal',
  online: false,
  cadence: 'P1D',
  source: 'flights',
  transformation: {
    sql,
    inputs: ['flights'],
    schedule: '0 1 * * *',
    on_new_data: true,
    interval: 'P1D',
    lookback: 'PT0S',
    tests,
  },
  features: [
    {
      name: 'origin',
      type: 'string',
      description: 'IATA code of the airport that the flight left from; known in advance.',
      tags: ['geography'],
      contract: { pattern: '^[A-Z]{3}$', nullable: false },
    },
    {
      name: 'destination',
      type: 'string',
      description: 'IATA code of the airport that the flight went to; known in advance.',
      tags: ['geography'],
      contract: { pattern: '^[A-Z]{3}$', nullable: false },
    },
    {
      name: 'delay_minutes',
      type: 'int64',
      description:
        'Arrival delay in minutes, early is negative. The target for regression. Three flights in the source claim to be more than two hours early; they are kept as they came.',
      tags: ['delay'],
      role: 'label',
      horizon: 'PT0S',
    },
    {
      name: 'delayed_15',
      type: 'bool',
      description:
        'Whether the flight arrived 15 minutes late or more: the target for classification. Its horizon is the flight’s own departure, so a training row is stamped with the departure and may use only what was known before.',
      tags: ['delay'],
      role: 'label',
      horizon: 'PT0S',
    },
  ],
}
