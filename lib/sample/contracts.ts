import { proposeContract, signContract } from '@/lib/contracts'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { actAs, getTeam } from '@/lib/identity'
import { judgeContracts } from '@/lib/monitoring'
import { unlessPresent } from './present'

interface SampleContract {
  group: string
  /** As the interface takes it. */
  proposal: Record<string, unknown>
  /** The service whose team signs as a reader. */
  service: string
  team: string
}

/** What the network team promises to those who predict delays. Four weeks are held back, so one of them is broken. */
const contracts: readonly SampleContract[] = [
  {
    group: 'route_traffic',
    proposal: {
      terms: {
        freshness: { max_age: 'P2D' },
        checks: [
          {
            name: 'windows_nest',
            expression: 'route_flights_1d <= route_flights_7d and route_flights_7d <= route_flights_28d',
            description: 'A shorter window never holds more flights than a longer one.',
          },
          {
            name: 'distance_known',
            expression: 'distance_miles is not null',
            description: 'The distance does not change in reality: a missing one is a fault upstream.',
            enforcement: 'warn',
          },
        ],
      },
      purpose: 'Prediction of flight delays, from airport and route.',
      service_level: 'Rows of a day are there by the end of the next one.',
      support: 'Team network',
      limitations: 'Counts flights that were flown: a cancelled flight is not in the source.',
    },
    service: 'delay_model_v2',
    team: 'flights',
  },
  {
    group: 'airport_profile',
    proposal: {
      terms: {
        freshness: { max_age: 'P60D' },
        checks: [
          {
            name: 'destinations_are_flown',
            expression: 'destinations_28d < departures_per_day_28d * 28 + 0.5',
            description: 'Every destination was departed for at least once.',
          },
        ],
      },
      purpose: 'Prediction of flight delays; maps and reports of the network.',
      service_level: 'A snapshot a week. A snapshot is good for 60 days, since airports change slowly.',
      support: 'Team network',
      limitations: 'Airports without a departure in 28 days have no row.',
    },
    service: 'delay_model_v2',
    team: 'flights',
  },
]

/** Somebody of the team, with their rights; null where nobody is left in it. */
async function memberOf(ctx: Context, team: string): Promise<Context | null> {
  const { members } = await getTeam(ctx, team)
  const person = members.find(({ kind, membership }) => kind === 'person' && membership === 'maintainer')
  const actor = person ? await actAs(person.id, null) : null
  return actor ? { ...ctx, actor } : null
}

/** A reader's signature; it stays open where nobody of the team is left who may give it. */
async function sign(ctx: Context, { group, service, team }: SampleContract): Promise<void> {
  const signer = await memberOf(ctx, team)
  if (!signer) return
  try {
    await unlessPresent(() => signContract(signer, group, { service }))
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'forbidden')) throw error
  }
}

/** The owner's and a reader's signature under each; then the day is judged as any other is. */
export async function contractStep(ctx: Context): Promise<string> {
  let made = 0
  for (const contract of contracts) {
    const { group, proposal } = contract
    if (await unlessPresent(() => proposeContract(ctx, group, { ...proposal, follows: 0 }))) made++
    await sign(ctx, contract)
  }
  await judgeContracts(ctx.now(), ctx.signal)
  return `${made} agreed on, ${contracts.length - made} were there`
}
