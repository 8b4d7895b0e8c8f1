import { withTransaction } from '@/db/client'
import { authorize } from '@/lib/audit'
import { systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { calendarAt, trueFirstDay, trueLastDay } from './calendar'
import { customersNote, flightsNote } from './catalog'
import { daysHeldBack } from './held-back'
import { type MarkedAssets, markedAssets } from './marked-assets'
import type { SampleResource } from './operations'
import { usersOf } from './remove'
import { readState, type SampleState } from './state'

const nothing: Omit<SampleResource, 'state'> = {
  variant: null,
  moved: null,
  held_back: { first_day: null, last_day: null, days: 0, left: [] },
  planted: [],
  notes: [],
  assets: { groups: [], services: [], entities: [], sources: [] },
  used_by: [],
}

const namesOf = (assets: { name: string }[]) => assets.map(({ name }) => name).sort()

const assetsOf = ({ groups, services, entities, sources }: MarkedAssets) => ({
  groups: namesOf(groups),
  services: namesOf(services),
  entities: namesOf(entities),
  sources: namesOf(sources),
})

function storyOf(state: SampleState) {
  const calendar = calendarAt(state.shift_weeks)
  const { heldBack, unitErrorDay, missingDistanceDay } = calendar
  const fault = (day: string, text: string) => ({ day, fault: text, arrived: day < state.next_day })
  return {
    variant: state.variant,
    moved: {
      weeks: state.shift_weeks,
      true_first_day: trueFirstDay,
      true_last_day: trueLastDay,
      first_day: calendar.firstDay,
      last_day: calendar.lastDay,
    },
    held_back: {
      first_day: heldBack[0] ?? null,
      last_day: heldBack.at(-1) ?? null,
      days: heldBack.length,
      left: daysHeldBack(state),
    },
    planted: [
      fault(
        unitErrorDay,
        'The delays of the 20 busiest airports arrive 60 times too large, as if minutes were hours.',
      ),
      fault(missingDistanceDay, 'The distance of 12 % of the routes is missing.'),
    ],
    notes: [flightsNote(calendar, state.variant), customersNote],
  }
}

/** What the sample is, how far it has come, and what removing it would take. Errors: forbidden. */
export async function describeSample(ctx: Context): Promise<SampleResource> {
  await authorize(ctx, 'settings:manage', systemResource)
  const state = await readState()
  if (!state) return { ...nothing, state: 'absent' }
  if (state.state === 'removed') return { ...nothing, state: 'removed' }
  const { marked, users } = await withTransaction(async (tx) => {
    const found = await markedAssets(tx)
    return { marked: found, users: await usersOf(tx, found) }
  })
  return { state: state.state, ...storyOf(state), assets: assetsOf(marked), used_by: users }
}
