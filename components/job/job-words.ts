import { formatCount } from '@/components/ui/format-number'
import type { State } from '@/components/ui/state'
import type { JobResource } from '@/lib/jobs/operations'

export const jobStateSigns: Record<JobResource['state'], State> = {
  queued: 'unknown',
  running: 'unknown',
  succeeded: 'ok',
  failed: 'fail',
  cancelled: 'warn',
}

export const isUnfinished = ({ state }: Pick<JobResource, 'state'>): boolean =>
  state === 'queued' || state === 'running'

/** What to say of a job while it goes: its state until it tells more itself. */
export const jobLabel = ({ state, progress, cancel_requested }: JobResource): string => {
  if (cancel_requested && isUnfinished({ state })) return 'Being cancelled'
  if (state === 'queued') return 'Waiting for its turn'
  return progress?.message ?? 'Running'
}

export const jobAmount = ({ state, progress }: JobResource): string => {
  if (!progress) return ''
  const done = formatCount(state === 'succeeded' ? (progress.total ?? progress.done) : progress.done)
  return progress.total === null ? done : `${done} of ${formatCount(progress.total)}`
}

/** How far a job came that did not reach its end; null where it says nothing. */
export function reachedWords({ state, kind, progress }: JobResource): string | null {
  if (state !== 'cancelled' && state !== 'failed') return null
  if (!progress || progress.total === null) return null
  const amount = `${formatCount(progress.done)} of ${formatCount(progress.total)}`
  return kind === 'transformation' ? `${amount} windows done and kept` : `stopped at ${amount}`
}

/** A line of a log with its counts as they are written elsewhere. */
export const groupedCounts = (text: string): string =>
  text.replace(/\b\d{4,}(?= (?:rows?|keys?|commits?|windows?)\b)/g, (digits) => formatCount(Number(digits)))

/** Where a job’s asset has its page; null for the installation itself. */
export function jobAssetHref({ resource: { kind, name } }: JobResource): string | null {
  const rooms: Record<string, string> = { group: 'groups', service: 'services', dataset: 'datasets' }
  const room = rooms[kind]
  return room ? `/${room}/${encodeURIComponent(name)}` : null
}

/** What came of it, member by member; null values are left out. */
export const resultFacts = (result: Record<string, unknown> | null): { term: string; value: string }[] =>
  Object.entries(result ?? {}).flatMap(([name, value]) => {
    if (value === null || typeof value === 'object') return []
    const text = typeof value === 'number' ? formatCount(value) : String(value)
    return [{ term: name.replaceAll('_', ' '), value: text }]
  })
