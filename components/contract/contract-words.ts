import type { State } from '@/components/ui/state'
import type { BreachResource, ContractVersionResource } from '@/lib/contracts/operations'

export const stateWords: Record<ContractVersionResource['state'], { word: string; state: State }> = {
  proposed: { word: 'waits for signatures', state: 'warn' },
  agreed: { word: 'signed, not valid yet', state: 'unknown' },
  in_force: { word: 'in force', state: 'ok' },
  superseded: { word: 'superseded', state: 'unknown' },
  withdrawn: { word: 'withdrawn', state: 'unknown' },
}

export const changeWords: Record<ContractVersionResource['change'], string> = {
  first: 'the first',
  same: 'promises as much',
  more: 'promises more',
  less: 'promises less',
}

export const outcomeWords: Record<BreachResource['outcome'], string> = {
  accepted: 'came in',
  held_back: 'held back',
  refused: 'refused',
  window: 'of the day',
}

/** `checks.ordered` → "check ordered"; `rows.per_day.min` → "rows per day". */
export const termWord = (term: string): string =>
  term
    .replace(/^checks\./, 'check ')
    .replace(/^unique\./, 'unique ')
    .replace(/^null_share\./, 'nulls of ')
    .replace(/^rows\.per_(commit|day)\.(min|max)$/, 'rows per $1')
    .replace(/^freshness\.max_age$/, 'age of the newest row')
    .replace(/^freshness\.by$/, 'arrival each day')
    .replace(/^freshness\.at_commit$/, 'age of each batch')
    .replaceAll('_', ' ')
