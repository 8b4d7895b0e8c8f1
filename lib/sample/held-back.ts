import { calendarAt } from './calendar'
import type { SampleState } from './state'

/** The days, `YYYY-MM-DD`, that have not arrived yet and that a replay will bring. */
export const daysHeldBack = ({ shift_weeks, next_day }: SampleState): string[] =>
  calendarAt(shift_weeks).heldBack.filter((day) => day >= next_day)
