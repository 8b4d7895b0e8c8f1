import { formatMilliseconds } from '@/components/ui/format-number'
import { scrollRegion } from '@/components/ui/scroll-region'
import { Section } from '@/components/ui/section'
import { type State, StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { RowsAnswer } from './rows-answer'
import { RowsTable } from './rows-table'
import { exactText } from './words'

export type ValueStatus = 'PRESENT' | 'NULL_VALUE' | 'NOT_FOUND' | 'OUTSIDE_MAX_AGE'

/** What GET …/online/{keys} answers. */
export interface KeyAnswer {
  key: Record<string, unknown>
  event_time: string | null
  values: Record<string, unknown>
  statuses: Record<string, ValueStatus>
  served_at: string
}

const statuses: Record<ValueStatus, { state: State; word: string }> = {
  PRESENT: { state: 'ok', word: 'present' },
  NULL_VALUE: { state: 'unknown', word: 'null in its row' },
  NOT_FOUND: { state: 'unknown', word: 'not found' },
  OUTSIDE_MAX_AGE: { state: 'warn', word: 'older than the time to live' },
}

export function StatusWord({ status }: { status: ValueStatus }) {
  const { state, word } = statuses[status]
  return <StateWord state={state}>{word}</StateWord>
}

function Values({ answer }: { answer: KeyAnswer }) {
  return (
    <div {...scrollRegion('Values of the key')} className="overflow-x-auto">
      <table className="w-full">
        <caption className="sr-only">Values of the key</caption>
        <thead>
          <tr className="text-left text-12 text-muted">
            <th scope="col" className="h-7 border-b border-b-control pr-4 font-normal">
              Feature
            </th>
            <th scope="col" className="h-7 border-b border-b-control px-4 text-right font-normal">
              Value
            </th>
            <th scope="col" className="h-7 border-b border-b-control pl-4 font-normal">
              Status
            </th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(answer.values).map(([name, value]) => (
            <tr key={name} className="border-b">
              <th scope="row" className="h-8 pr-4 text-left font-mono text-12 font-normal">
                {name}
              </th>
              <td className="num max-w-96 truncate px-4 text-right" title={exactText(value)}>
                {exactText(value)}
              </td>
              <td className="whitespace-nowrap pl-4">
                <StatusWord status={answer.statuses[name] ?? 'NOT_FOUND'} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Age({ answer }: { answer: KeyAnswer }) {
  if (answer.event_time === null) return <>The online store has no row of this key.</>
  return (
    <>
      Event time <Time at={answer.event_time} precision="second" /> (<Time at={answer.event_time} relative />)
    </>
  )
}

interface KeyAnswerViewProps {
  /** Null: the group is not served online. */
  answer: KeyAnswer | null
  tookMs: number
  history: RowsAnswer
}

/** Values, statuses, age and latency of one key, and its history below. */
export function KeyAnswerView({ answer, tookMs, history }: KeyAnswerViewProps) {
  return (
    <div className="flex flex-col gap-4" aria-live="polite">
      {answer ? (
        <div>
          <p className="mb-2">
            <Age answer={answer} />
            <span className="text-muted"> · answered in {formatMilliseconds(tookMs)}, seen from here</span>
          </p>
          <Values answer={answer} />
        </div>
      ) : null}
      <Section title="History of the key" note="Newest first, at most 20 rows.">
        {history.rows.length > 0 ? (
          <RowsTable label="History of the key" {...history} />
        ) : (
          <p className="text-muted">The history has no row of this key.</p>
        )}
      </Section>
    </div>
  )
}
