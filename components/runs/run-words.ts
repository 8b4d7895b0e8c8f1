import { formatMilliseconds } from '@/components/ui/format-number'
import type { State } from '@/components/ui/state'
import type { TransformationRunDetail, TransformationRunResource } from '@/lib/ingestion/operations'
import type { RunBody } from './use-queued-run'

/** The window of a first run begins before every event. */
const beginning = '0001-01-01'

const dayOf = (instant: string) => instant.slice(0, 10)
const minuteOf = (instant: string) => `${dayOf(instant)} ${instant.slice(11, 16)}`

/** The event times that a run computes, in UTC: "all up to 2026-05-01 00:00". */
export function windowWords({ from, to }: Pick<TransformationRunResource, 'from' | 'to'>): string {
  if (from === null || to === null) return from === null ? 'from the last run on' : `${minuteOf(from)} to now`
  const end = minuteOf(to)
  if (from === to) return `none after ${end}`
  return from.startsWith(beginning) ? `all up to ${end}` : `${minuteOf(from)} to ${end}`
}

/** How long a run took; null while it runs, and for one that never started. */
export function tookWords(run: Pick<TransformationRunResource, 'started_at' | 'finished_at'>): string | null {
  if (!run.started_at || !run.finished_at) return null
  return formatMilliseconds(Date.parse(run.finished_at) - Date.parse(run.started_at))
}

export const runStates: Record<TransformationRunResource['state'], State> = {
  queued: 'unknown',
  running: 'unknown',
  succeeded: 'ok',
  failed: 'fail',
  cancelled: 'warn',
}

export const triggerWords: Record<TransformationRunResource['trigger'], string> = {
  hand: 'by hand',
  schedule: 'schedule',
  new_data: 'new data',
  backfill: 'backfill',
}

/** What running it again asks for: the window that somebody named, the one that it computed, else what is next. */
export function againBody({ asked, state, from, to }: TransformationRunDetail): RunBody {
  if (asked.from !== undefined) return { ...asked, gaps_only: false }
  const isWindow = from !== null && to !== null && from < to && !from.startsWith(beginning)
  return state === 'succeeded' && isWindow ? { from, to } : {}
}
