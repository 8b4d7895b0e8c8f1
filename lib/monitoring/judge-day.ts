import { countText } from '@/lib/core/number-text'
import { dateOf, dayMs } from './calendar'
import type { Day, DayState } from './resources'
import type { Alarm } from './run-summary'

/** What is known of one UTC day of a group or feature. Instants are milliseconds since 1970. */
export interface DayFacts {
  startMs: number
  nowMs: number
  /** Rows whose event time lies on the day. */
  rows: number
  /** When the group was registered, or its first event if that was earlier. */
  existsFromMs: number
  /** The newest event time up to the day's end; null without one. */
  newestMs: number | null
  /** Promised interval between arrivals; null: none promised. */
  cadenceSeconds: number | null
  /** Rows that were taken in on the day, and rows that broke the contract and were held back. */
  accepted: number
  quarantined: number
  /** Of those held back: replayed or discarded since. */
  settled: number
  /** Terms of the contract that rows of the day broke and came in, or that the day as a whole broke. */
  broken?: readonly { term: string; severity: 'warn' | 'fail'; observed: string; promised: string }[]
  /** Whether a contract has judged what only a whole day shows. */
  isJudged?: boolean
  /** Drift of the day's window, or of its week; null where none was judged, `not_shown` to who may not know. */
  drift: { state: 'ok' | 'warn' | 'fail'; alarms: readonly Alarm[] } | 'not_shown' | null
}

interface Finding {
  state: DayState
  detail: string
}

const warnAfter = 1.5
const failAfter = 3
/** A greater share of held-back rows fails the day. */
const failingShare = 0.01

const severity: Record<DayState, number> = { not_due: 0, ok: 1, no_data: 2, warn: 3, fail: 4 }

const counted = (count: number, noun: string) => `${countText(count)} ${noun}${count === 1 ? '' : 's'}`

/** "3 hours", "29 days". */
export function spanOf(seconds: number): string {
  const hours = seconds / 3600
  if (hours < 1) return counted(Math.max(1, Math.round(seconds / 60)), 'minute')
  return hours < 48 ? counted(Math.round(hours), 'hour') : counted(Math.round(hours / 24), 'day')
}

/** Lag behind the newest event at the day's end (now, when it still runs) against the promise. */
function freshnessOf({ startMs, nowMs, newestMs, cadenceSeconds, rows }: DayFacts): Finding {
  if (newestMs === null) return { state: 'no_data', detail: 'no rows yet' }
  const hasRows: Finding = { state: 'ok', detail: counted(rows, 'row') }
  if (cadenceSeconds === null)
    return rows > 0 ? hasRows : { state: 'no_data', detail: 'no rows; none are promised' }
  const lagSeconds = Math.max(0, (Math.min(startMs + dayMs, nowMs) - newestMs) / 1000)
  const intervals = lagSeconds / cadenceSeconds
  const late = `no rows for ${spanOf(lagSeconds)}, due every ${spanOf(cadenceSeconds)}`
  // A day that has rows was served; only while it runs can the next ones be late.
  const isOver = startMs + dayMs <= nowMs
  if (rows > 0 && (isOver || intervals < warnAfter)) return hasRows
  if (intervals >= failAfter) return { state: 'fail', detail: late }
  if (intervals >= warnAfter) return { state: 'warn', detail: late }
  return { state: 'not_due', detail: 'no rows due' }
}

const settledWords = (settled: number, of: number): string => {
  if (settled === 0) return ''
  return settled === of ? ', settled since' : `, ${countText(settled)} of them settled since`
}

function contractOf({ accepted, quarantined, settled }: DayFacts): Finding | null {
  if (quarantined === 0) return null
  const share = quarantined / (accepted + quarantined)
  return {
    state: share > failingShare ? 'fail' : 'warn',
    detail: `${counted(quarantined, 'row')} held back${settledWords(settled, quarantined)}, ${countText(accepted)} taken in`,
  }
}

/** What came in all the same, or what the day did not keep. */
function brokenOf({ broken = [] }: DayFacts): Finding | null {
  const worst = broken.find(({ severity }) => severity === 'fail') ?? broken[0]
  if (!worst) return null
  const more = broken.length > 1 ? `, and ${counted(broken.length - 1, 'other term')}` : ''
  return {
    state: worst.severity,
    detail: `contract broken: ${worst.observed}; promised: ${worst.promised}${more}`,
  }
}

function driftOf({ drift, rows }: DayFacts): Finding | null {
  if (rows === 0) return null
  if (drift === 'not_shown') return { state: 'ok', detail: 'drift not shown to you' }
  if (drift === null) return { state: 'ok', detail: 'drift not judged' }
  const [first, ...others] = drift.alarms
  if (!first) return { state: 'ok', detail: 'no drift' }
  const sentence = first.sentence.charAt(0).toLowerCase() + first.sentence.slice(1).replace(/\.$/, '')
  const more = others.length > 0 ? `, and ${counted(others.length, 'other feature')}` : ''
  return { state: drift.state, detail: `${first.feature} ${sentence}${more}` }
}

/** The worst of what is known of the day, with its numbers. Before the group existed nothing was due. */
export function judgeDay(facts: DayFacts): Day {
  const date = dateOf(facts.startMs)
  if (facts.startMs + dayMs <= facts.existsFromMs)
    return { date, state: 'not_due', detail: 'before it existed' }
  const findings = [freshnessOf(facts), contractOf(facts), brokenOf(facts), driftOf(facts)].filter(
    (one) => one !== null,
  )
  const worst = findings.reduce<DayState>(
    (state, one) => (severity[one.state] > severity[state] ? one.state : state),
    'not_due',
  )
  return { date, state: worst, detail: findings.map(({ detail }) => detail).join('; ') }
}
