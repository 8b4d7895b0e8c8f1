import type { CoverageResource } from '../coverage-operations'
import type { Span } from './spans'
import { instantOf } from './window-time'

export type CoverageState = CoverageResource['intervals'][number]['state']
export interface CoveragePart extends Span {
  state: CoverageState
}

export const dayMicros = 86_400_000_000n

type Day = CoverageResource['days'][number]

/** To a tenth. */
const hours = (micros: bigint) => `${Math.round(Number(micros) / 360_000_000) / 10} h`

const words: Record<CoverageState, string> = {
  computed: 'computed',
  failed: 'failed',
  reverted: 'reverted',
  gap: 'not computed',
  ahead: 'not due yet',
  before: 'never asked for',
}

/** Which state speaks for a day, the first that holds. */
function stateOf(lengths: Map<CoverageState, bigint>): Day['state'] {
  const has = (state: CoverageState) => (lengths.get(state) ?? 0n) > 0n
  if (has('failed')) return 'fail'
  if (has('reverted')) return 'warn'
  if (has('gap')) return has('computed') ? 'warn' : 'no_data'
  return has('computed') ? 'ok' : 'not_due'
}

function dayOf(start: bigint, parts: readonly CoveragePart[]): Day {
  const end = start + dayMicros
  const lengths = new Map<CoverageState, bigint>()
  for (const { from, to, state } of parts) {
    const length = (to < end ? to : end) - (from > start ? from : start)
    if (length > 0n) lengths.set(state, (lengths.get(state) ?? 0n) + length)
  }
  const isWhole = lengths.size === 1
  const detail = [...lengths].map(([state, length]) =>
    isWhole ? words[state] : `${hours(length)} ${words[state]}`,
  )
  return { date: instantOf(start).slice(0, 10), state: stateOf(lengths), detail: detail.join(', ') }
}

/**
 * The days of a range; its bounds lie on midnights. A day holds what is later than its midnight, up to and including the
 * next: the window that closes at its end. `parts` in order.
 */
export function coverageDays({ from, to }: Span, parts: readonly CoveragePart[]): Day[] {
  const days: Day[] = []
  let first = 0
  for (let start = from; start < to; start += dayMicros) {
    while (first < parts.length && (parts[first]?.to ?? 0n) <= start) first++
    let last = first
    while (last < parts.length && (parts[last]?.from ?? 0n) < start + dayMicros) last++
    days.push(dayOf(start, parts.slice(first, last)))
  }
  return days
}
