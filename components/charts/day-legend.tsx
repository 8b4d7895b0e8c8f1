import { DayCell } from './day-cell'
import type { DayState } from './day-strip-summary'

const meanings: readonly [DayState, string][] = [
  ['ok', 'as promised'],
  ['warn', 'warning'],
  ['fail', 'failing'],
  ['no_data', 'no data'],
  ['not_due', 'not due'],
]

/** What the cells of a strip mean, in one line; each day is one cell, the newest at the right. */
export function DayLegend() {
  return (
    <ul aria-label="What the days mean" className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
      {meanings.map(([state, meaning]) => (
        <li key={state} className="flex items-center gap-1.5">
          <svg aria-hidden width="5" height="14" viewBox="0 0 5 14" className="forced-color-adjust-none">
            <DayCell state={state} x={0} />
          </svg>
          {meaning}
        </li>
      ))}
    </ul>
  )
}
