import type { TransformationTest } from '@/db/schema'

interface Flight {
  flight_id: number
  date: string
  delay: number | null
  distance: number | null
  origin: string
  destination: string
}

let lastId = 0
const flight = (date: string, delay: number | null, more: Partial<Flight> = {}): Flight => ({
  flight_id: ++lastId,
  date,
  delay,
  distance: 214,
  origin: 'ATL',
  destination: 'SAV',
  ...more,
})

const dallas = { destination: 'DFW', distance: 732 }

/** Four weeks before a Sunday, in which little was flown, and what happens at their end. */
const givenFlights: Flight[] = [
  flight('2026-01-04T08:00:00Z', 10),
  flight('2026-01-28T06:30:00Z', 0),
  flight('2026-01-31T09:00:00Z', 20),
  flight('2026-01-31T23:59:59Z', 100, dallas),
  // It leaves as the window closes: whatever becomes of it, nothing that closed before knows.
  flight('2026-02-01T00:00:00Z', 999),
]

export const closedAt = '2026-02-01T00:00:00Z'
/** The window that closes then and no other. */
const closingWindow = { from: '2026-01-31T00:00:00Z', to: closedAt }

/** A test over the flights above, and one that is the same though the flight at the close came to something else. */
export function closingTests(
  expect: TransformationTest['expect'],
  more: TransformationTest['inputs'] = {},
): TransformationTest[] {
  const delayed = givenFlights.map((one) => (one.delay === 999 ? { ...one, delay: -5, distance: 1 } : one))
  const test = (name: string, description: string, flights: Flight[]): TransformationTest => ({
    name,
    description,
    inputs: { flights: flights.map((one) => ({ ...one })), ...more },
    window: closingWindow,
    expect,
    order: 'any',
    tolerance: 1e-12,
  })
  return [
    test(
      'event time is the close of the window',
      'Flights of 28 days count, each in the windows that close after its departure.',
      givenFlights,
    ),
    test(
      'a flight at the close never enters',
      'A flight that leaves at the instant of the close has another delay and distance: the same rows.',
      delayed,
    ),
  ]
}
