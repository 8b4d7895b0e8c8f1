import { plural } from '@/components/ui/format-number'
import type { VerdictClause } from '@/components/ui/verdict-line'
import type { Freshness } from './my-groups'

const kinds = [
  { state: 'fail', words: 'overdue' },
  { state: 'warn', words: 'late' },
  { state: 'ok', words: 'fresh' },
  { state: 'fact', words: 'without a promised cadence' },
  { state: 'unknown', words: 'without rows' },
] as const

/** "5 groups of your teams" and how many of them are fresh, each clause a link; empty without groups. */
export function healthLine(states: readonly Freshness['state'][]): VerdictClause[] {
  if (states.length === 0) return []
  const counted = kinds.flatMap(({ state, words }) => {
    const count = states.filter((one) => one === state).length
    return count === 0 ? [] : [{ id: state, state, text: `${count} ${words}`, href: '/monitoring' }]
  })
  return [
    { id: 'groups', state: 'fact', text: `${plural(states.length, 'group')} of your teams` },
    ...counted,
  ]
}
