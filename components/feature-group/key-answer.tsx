import { KeyCodeBlock } from '@/components/read-key/key-code-block'
import type { Took } from '@/components/read-key/timed-request'
import { TookLine } from '@/components/read-key/took-line'
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
  /** Features of the group that the reader may not read. */
  omitted?: string[]
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
            <th scope="col" className="h-7 border-b border-b-control px-2 text-right font-normal md:px-4">
              Value
            </th>
            <th scope="col" className="h-7 border-b border-b-control pl-2 font-normal md:pl-4">
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
              <td
                className="num max-w-96 truncate px-2 text-right max-md:max-w-32 md:px-4"
                title={exactText(value)}
              >
                {exactText(value)}
              </td>
              <td className="whitespace-nowrap pl-2 md:pl-4">
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
      Every value is of <Time at={answer.event_time} precision="second" /> (
      <Time at={answer.event_time} relative />)
    </>
  )
}

function Omitted({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <p className="mt-2 text-12 text-muted">
      Not shown, because you may not read {names.length === 1 ? 'it' : 'them'}:{' '}
      <span className="font-mono">{names.join(', ')}</span>
    </p>
  )
}

interface KeyAnswerViewProps {
  /** Null: the group is not served online. */
  answer: KeyAnswer | null
  took: Took | null
  history: RowsAnswer
  /** The address of the read, for the code. */
  path: string
}

/** Values, statuses, age and latency of one key, and its history below. */
export function KeyAnswerView({ answer, took, history, path }: KeyAnswerViewProps) {
  return (
    <div className="flex flex-col gap-4" aria-live="polite">
      {answer ? (
        <div>
          <p className="mb-2">
            <Age answer={answer} />
            {took ? (
              <>
                <span className="text-muted"> · </span>
                <TookLine took={took} />
              </>
            ) : null}
          </p>
          <Values answer={answer} />
          <Omitted names={answer.omitted ?? []} />
        </div>
      ) : null}
      <Section title="History of the key" note="Newest first, at most 20 rows.">
        {history.rows.length > 0 ? (
          <RowsTable label="History of the key" {...history} />
        ) : (
          <p className="text-muted">The history has no row of this key.</p>
        )}
      </Section>
      {answer ? (
        <Section title="The same read as code">
          <KeyCodeBlock path={path} body={null} />
        </Section>
      ) : null}
    </div>
  )
}
