import { formatMilliseconds, plural } from '@/components/ui/format-number'
import type { FinishedRunResource, TransformationRunResource } from '@/lib/ingestion/operations'

/** The window of a first run begins before every event. */
const beginning = '0001-01-01'

const dayOf = (instant: string) => instant.slice(0, 10)
const minuteOf = (instant: string) => `${dayOf(instant)} ${instant.slice(11, 16)}`

/** The event times that a run computes, in UTC: "all up to 2026-05-01 00:00". */
export function windowWords({ from, to }: Pick<TransformationRunResource, 'from' | 'to'>): string {
  if (from === null || to === null) return from === null ? 'from the last run on' : `${minuteOf(from)} to now`
  const end = minuteOf(to)
  return from.startsWith(beginning) ? `all up to ${end}` : `${minuteOf(from)} to ${end}`
}

/** How long a run took; null while it runs, and for one that never started. */
export function tookWords(run: Pick<TransformationRunResource, 'started_at' | 'finished_at'>): string | null {
  if (!run.started_at || !run.finished_at) return null
  return formatMilliseconds(Date.parse(run.finished_at) - Date.parse(run.started_at))
}

const commitWords = ({ windows }: FinishedRunResource) => {
  const count = windows.filter(({ commit }) => commit !== null).length
  return count === 1 ? 'One commit' : `${count} commits`
}

/** What a run that has just ended brought. */
export function outcomeWords(run: FinishedRunResource): { title: string; text: string } {
  const times = `event times ${windowWords(run)} UTC`
  return run.commit === null
    ? { title: 'Nothing new', text: `The sources gave no row for ${times}.` }
    : { title: `${plural(run.rows, 'row')} computed`, text: `${commitWords(run)} for ${times}.` }
}
