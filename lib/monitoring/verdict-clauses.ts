import { dayMs, dayText, spanText } from './calendar'
import { type DayFacts, spanOf } from './judge-day'
import type { VerdictClause } from './resources'
import { judgeRun, type RunSummary } from './run-summary'

interface Links {
  group: string
}

const tab = ({ group }: Links, name: string) => `/groups/${encodeURIComponent(group)}?tab=${name}`

interface FreshInput extends Links {
  newestMs: number | null
  nowMs: number
  cadenceSeconds: number | null
}

/** How old the newest event is, against the promised cadence where there is one. */
export function freshClause(input: FreshInput): VerdictClause {
  const { newestMs, nowMs, cadenceSeconds } = input
  const href = tab(input, 'data')
  if (newestMs === null) return { id: 'fresh', state: 'unknown', text: 'No rows yet', href }
  const lagSeconds = Math.max(0, (nowMs - newestMs) / 1000)
  const age = `${spanOf(lagSeconds)} ago`
  if (cadenceSeconds === null) return { id: 'fresh', state: 'fact', text: `Newest row ${age}`, href }
  const intervals = lagSeconds / cadenceSeconds
  if (intervals < 1.5) return { id: 'fresh', state: 'ok', text: `Fresh ${age}`, href }
  const text = `No rows since ${dayText(newestMs, nowMs)}, due every ${spanOf(cadenceSeconds)}`
  return { id: 'fresh', state: intervals < 3 ? 'warn' : 'fail', text, href }
}

interface DriftInput extends Links {
  newestMs: number | null
  nowMs: number
  /** Of the newest week that has rows; null: not counted yet. */
  run: { startMs: number; summary: RunSummary } | null
  reference: { fromMs: number; toMs: number } | null
  mayRead: boolean
}

const silentAfterMs = 14 * dayMs

/** Why drift is not known, or null when it is. */
function unknownDrift({ newestMs, nowMs, run, mayRead }: DriftInput): string | null {
  if (!mayRead) return 'drift not shown to you'
  if (newestMs === null) return 'drift unknown, no rows yet'
  if (nowMs - newestMs > silentAfterMs)
    return `no rows since ${dayText(newestMs, nowMs)}, so drift is not judged`
  if (run === null) return 'drift not judged yet'
  return judgeRun(run.summary) === null ? 'drift unknown, too few rows to judge' : null
}

const runStateWords = { ok: 'ok', warn: 'warning', fail: 'failing' } as const

/** What was said last of a group that fell silent; nothing where nothing was. */
function lastJudged({ newestMs, nowMs, run, mayRead }: DriftInput): string {
  if (!mayRead || run === null || newestMs === null || nowMs - newestMs <= silentAfterMs) return ''
  const state = judgeRun(run.summary)
  if (state === null) return ''
  const [first, ...others] = run.summary.alarms
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  const what = first ? `, ${first.feature}${more} moved` : ''
  return `; last judged in the week of ${dayText(run.startMs, nowMs)}: ${runStateWords[state]}${what}`
}

export function driftClause(input: DriftInput): VerdictClause {
  const href = tab(input, 'quality')
  const unknown = unknownDrift(input)
  if (unknown !== null || input.run === null) {
    const text = `${unknown ?? 'drift not judged yet'}${lastJudged(input)}`
    return { id: 'drift', state: 'unknown', text, href }
  }
  const { run, reference, nowMs } = input
  const state = judgeRun(run.summary) ?? 'ok'
  const [first, ...others] = run.summary.alarms
  if (!first) {
    const against = reference ? ` against ${spanText(reference.fromMs, reference.toMs)}` : ''
    return { id: 'drift', state, text: `stable${against}`, href }
  }
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  return {
    id: 'drift',
    state,
    text: `${first.feature}${more} moved in the week of ${dayText(run.startMs, nowMs)}`,
    href,
  }
}

export function readersClause({ group, readers }: Links & { readers: number }): VerdictClause {
  const count = readers === 0 ? 'no readers' : readers === 1 ? '1 reader' : `${readers} readers`
  return { id: 'readers', state: 'fact', text: `${count} in 30 days`, href: tab({ group }, 'usage') }
}

interface ContractInput extends Links {
  days: readonly DayFacts[]
  hasContract: boolean
}

/** Days that were kept, of those on which rows came or that a contract has judged. */
export function contractClause({ group, days, hasContract }: ContractInput): VerdictClause {
  const href = tab({ group }, 'contract')
  if (!hasContract)
    return { id: 'contract', state: 'unknown', text: 'no contract: nothing is promised', href }
  const judged = days.filter(({ accepted, quarantined, isJudged }) => accepted + quarantined > 0 || isJudged)
  if (judged.length === 0)
    return {
      id: 'contract',
      state: 'unknown',
      text: `contract unknown, nothing arrived in ${days.length} days`,
      href,
    }
  const isKept = ({ quarantined, broken = [] }: DayFacts) => quarantined === 0 && broken.length === 0
  const kept = judged.filter(isKept).length
  const many = judged.length === 1 ? 'day' : 'days'
  const hasArrivals = judged.every(({ accepted, quarantined }) => accepted + quarantined > 0)
  const apart = hasArrivals ? `${many} with arrivals` : `${many} judged`
  const which = judged.every(({ isJudged }) => isJudged) ? many : apart
  return {
    id: 'contract',
    state: kept === judged.length ? 'ok' : judged.some(hasFailed) ? 'fail' : 'warn',
    text: `contract kept ${kept} of ${judged.length} ${which}`,
    href,
  }
}

/** Whether the day broke a strict term as a whole. */
const hasFailed = ({ broken = [] }: DayFacts) => broken.some(({ severity }) => severity === 'fail')

export const ownerClause = (team: string): VerdictClause => ({
  id: 'owner',
  state: 'fact',
  text: `owned by ${team}`,
  href: `/catalog?team=${encodeURIComponent(team)}`,
})
