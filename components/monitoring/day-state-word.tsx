import { type State, StateWord } from '@/components/ui/state'
import type { DayState } from '@/lib/monitoring/operations'

export const dayStateWords: Record<DayState, string> = {
  fail: 'failing',
  warn: 'warning',
  no_data: 'no data',
  ok: 'ok',
  not_due: 'not due',
}

const states: Record<DayState, State> = {
  fail: 'fail',
  warn: 'warn',
  no_data: 'unknown',
  ok: 'ok',
  not_due: 'unknown',
}

/** The state of a day as a word with its shape. */
export const DayStateWord = ({ state }: { state: DayState }) => (
  <StateWord state={states[state]}>{dayStateWords[state]}</StateWord>
)
