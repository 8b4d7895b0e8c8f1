import type { TimeSpan } from '../table/table-times'
import type { TransformationWindow } from './bind-window'
import { beginningMicros } from './plan-windows'
import { durationMicros, instantOf, microsOf } from './window-time'

/** Times of the input rows that a window needs: its own and its look-back; null without one, as any row may count. */
export function spanRead(lookback: string | undefined, { from, to }: TransformationWindow): TimeSpan | null {
  const back = durationMicros(lookback)
  if (back === null) return null
  const first = microsOf(from) - back
  return { from: first <= beginningMicros ? null : instantOf(first), to }
}
