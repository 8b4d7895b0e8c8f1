import { DayStrip } from '@/components/charts/day-strip'
import { Section } from '@/components/ui/section'
import { StateWord } from '@/components/ui/state'
import type { CoverageResource } from '@/lib/ingestion/operations'
import { Backfill } from './backfill'
import { daysOf } from './backfill-words'
import { windowWords } from './run-words'
import type { RunPlace } from './use-queued-run'

const mostGaps = 20
const stripDays = 28

const looks = {
  gap: { state: 'unknown', word: 'not computed' },
  failed: { state: 'fail', word: 'failed' },
  reverted: { state: 'warn', word: 'reverted' },
} as const

function lookOf(state: CoverageResource['gaps'][number]['state']) {
  return state === 'failed' || state === 'reverted' ? looks[state] : looks.gap
}

interface CoverageSectionProps {
  coverage: CoverageResource
  place: RunPlace
  mayRun: boolean
  today: string
}

function Gaps({ coverage: { gaps }, place, mayRun, today }: CoverageSectionProps) {
  if (gaps.length === 0) return <p className="text-muted">Nothing is missing behind the last run.</p>
  return (
    <ul aria-label="What is missing" className="border-t">
      {gaps.slice(-mostGaps).map((gap) => {
        const { state, word } = lookOf(gap.state)
        return (
          <li key={gap.from} className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 border-b py-1.5">
            <span className="w-30 shrink-0">
              <StateWord state={state}>{word}</StateWord>
            </span>
            <span className="num grow">{windowWords(gap)}</span>
            {mayRun ? <Backfill place={place} range={daysOf(gap)} today={today} label="Backfill" /> : null}
          </li>
        )
      })}
    </ul>
  )
}

/** A strip holds 28 days, so that two fit below each other on a phone. */
const stripsOf = (days: CoverageResource['days']) =>
  Array.from({ length: Math.ceil(days.length / stripDays) }, (_, at) =>
    days.slice(at * stripDays, (at + 1) * stripDays),
  )

/** What is ahead of the watermark waits for its data: the next run computes it. */
const lastOver = ({ watermark }: CoverageResource, last: string) =>
  watermark === null || watermark.slice(0, 10) > last ? last : daysOf({ from: watermark, to: watermark }).last

/** Which event times runs have computed, by day, and what is missing. */
export function CoverageSection(props: CoverageSectionProps) {
  const { coverage, place, mayRun, today } = props
  const { days } = coverage
  const [first, last] = [days[0]?.date ?? today, days.at(-1)?.date ?? today]
  const isShort = coverage.gaps.length > mostGaps
  return (
    <Section
      title="Coverage"
      note={`Event times by day, UTC, from ${first} to ${last}: what runs computed, rows or none.`}
    >
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <div className="flex flex-wrap gap-x-2 gap-y-1">
            {stripsOf(days).map((some) => (
              <DayStrip
                key={some[0]?.date}
                size="header"
                days={some}
                label={`Coverage of ${coverage.group}`}
              />
            ))}
          </div>
          {mayRun ? (
            <Backfill
              place={place}
              range={{ first, last: lastOver(coverage, last) }}
              today={today}
              label="Backfill a range"
            />
          ) : null}
        </div>
        {isShort ? (
          <p className="text-muted">{coverage.gaps.length} parts are missing; the last 20 stand here.</p>
        ) : null}
        <Gaps {...props} />
      </div>
    </Section>
  )
}
