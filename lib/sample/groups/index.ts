import type { SampleGroup } from '../definition'
import { airportDelays } from './airport-delays'
import { airportHourly } from './airport-hourly'
import { airportProfile } from './airport-profile'
import { customerChurn, customerEngagement } from './customer-engagement'
import { flightOutcome } from './flight-outcome'
import { routeDelays } from './route-delays'
import { routeTraffic } from './route-traffic'

/** Groups that the pipeline computes from the flights. */
export const flightGroups: SampleGroup[] = [
  airportProfile,
  airportDelays,
  routeDelays,
  routeTraffic,
  airportHourly,
  flightOutcome,
]

/** Groups whose generated rows are ingested as files. */
export const customerGroups: SampleGroup[] = [customerEngagement, customerChurn]
