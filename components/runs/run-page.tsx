import { JobLog } from '@/components/job/job-log'
import { Callout } from '@/components/ui/callout'
import { type Fact, FactsList } from '@/components/ui/facts-list'
import { formatCount, plural } from '@/components/ui/format-number'
import { Section } from '@/components/ui/section'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import { TimedText } from '@/components/ui/timed-text'
import type { TransformationRunDetail } from '@/lib/ingestion/operations'
import { RunAgain } from './run-again'
import { runStates, tookWords, triggerWords, windowWords } from './run-words'
import type { RunPlace } from './use-queued-run'

export interface RunPageProps {
  place: RunPlace
  run: TransformationRunDetail
  mayRun: boolean
}

function factsOf(run: TransformationRunDetail): Fact[] {
  const took = tookWords(run)
  return [
    { term: 'State', value: <StateWord state={runStates[run.state]}>{run.state}</StateWord> },
    { term: 'Because of', value: triggerWords[run.trigger] },
    ...(run.asked.from === undefined
      ? []
      : [
          {
            term: 'Asked for, UTC',
            value: windowWords({ from: run.asked.from, to: run.asked.to ?? null }),
            number: true,
          },
        ]),
    { term: 'Event times, UTC', value: windowWords(run), number: true },
    { term: 'Rows', value: run.rows === null ? '–' : formatCount(run.rows), number: true },
    { term: 'Windows', value: formatCount(run.windows), number: true },
    { term: 'By', value: run.by },
    { term: 'Started', value: run.started_at ? <Time at={run.started_at} /> : 'not yet' },
    ...(took ? [{ term: 'Took', value: took, number: true }] : []),
  ]
}

function Windows({ computed }: Pick<TransformationRunDetail, 'computed'>) {
  if (computed.length === 0) return <p className="text-muted">It computed none.</p>
  const looks = { computed: 'ok', failed: 'fail', reverted: 'warn' } as const
  return (
    <ol className="border-t">
      {computed.map(({ from, to, rows, state }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: windows are only ever added
        <li key={index} className="flex flex-wrap items-baseline gap-x-6 border-b py-1.5">
          <span className="w-26 shrink-0">
            <StateWord state={looks[state]}>{state}</StateWord>
          </span>
          <span className="num grow">{windowWords({ from, to })}</span>
          <span className="num">
            {formatCount(rows)} <span className="text-muted">{rows === 1 ? 'row' : 'rows'}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

/** One run: what it was asked for, what it computed, what it wrote. */
export function RunPage({ place, run, mayRun }: RunPageProps) {
  return (
    <div className="flex flex-col gap-8">
      {run.error ? (
        <Callout tone={run.state === 'failed' ? 'fail' : 'warn'} title="It changed nothing where it failed">
          <TimedText text={run.error} />
        </Callout>
      ) : null}
      {run.state === 'cancelled' && run.computed.length > 0 ? (
        <Callout title="Cancelled">{plural(run.computed.length, 'window')} done before are kept.</Callout>
      ) : null}
      <RunAgain place={place} run={run} mayRun={mayRun} />
      <div className="grid gap-8 lg:grid-cols-[5fr_7fr]">
        <Section title="Facts">
          <FactsList facts={factsOf(run)} />
        </Section>
        <div className="flex flex-col gap-8">
          <Section title="Windows">
            <Windows computed={run.computed} />
          </Section>
          <Section title="Log">
            <JobLog log={run.log} />
          </Section>
        </div>
      </div>
    </div>
  )
}
