'use client'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { formatCount, plural } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import { Progress } from '@/components/ui/progress'
import type { SampleResource } from '@/lib/sample/operations'
import { type Replayed, useReplay } from './use-replay'

/** How many days one click brings in: one, a week, or whatever is left. */
const choicesOf = (left: number): number[] => [...new Set([1, 7, left])].filter((days) => days <= left)

function Arrived({ replayed, isRunning }: { replayed: Replayed; isRunning: boolean }) {
  const { days, wanted } = replayed
  const rows = days.reduce((total, day) => total + day.rows, 0)
  const last = days.at(-1)
  const text = last ? `up to ${formatDay(last.day)}, ${plural(rows, 'row')}` : 'the first day is on its way'
  if (isRunning)
    return (
      <Progress
        label={`${formatCount(days.length)} of ${plural(wanted, 'day')}`}
        value={days.length}
        total={wanted}
        text={text}
      />
    )
  return (
    <p role="status">
      {plural(days.length, 'day')} arrived{last ? `, ${text}` : ''}.
    </p>
  )
}

/** The held-back days: how many are left, and the buttons that bring them in. */
export function ReplayDays({ heldBack }: { heldBack: SampleResource['held_back'] }) {
  const { replayed, isRunning, error, start, stop } = useReplay()
  const left = heldBack.left.length
  return (
    <div className="flex max-w-140 flex-col gap-3">
      <p>
        {left === 0
          ? `All ${plural(heldBack.days, 'day')} have arrived.`
          : `${formatCount(left)} of ${plural(heldBack.days, 'day')} have not arrived, the next is ${formatDay(heldBack.left[0] ?? '')}. Until they come the flight groups are overdue on purpose.`}
      </p>
      {left === 0 ? null : (
        <div className="flex flex-wrap gap-2">
          {choicesOf(left).map((days) => (
            <Button key={days} disabled={isRunning} onClick={() => start(days)}>
              {days === 1 ? 'Bring the next day in' : `Bring ${plural(days, 'day')} in`}
            </Button>
          ))}
          {isRunning ? <Button onClick={stop}>Stop after this day</Button> : null}
        </div>
      )}
      {replayed ? <Arrived replayed={replayed} isRunning={isRunning} /> : null}
      {error ? <ErrorState title="The replay stopped" problem={error.problem} /> : null}
      <p className="text-12 text-muted">
        Or on the command line: <code className="font-mono">npm run almanac -- sample replay</code>
      </p>
    </div>
  )
}
