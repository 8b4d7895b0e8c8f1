import type { ReviewEvent, ReviewStep } from '@/lib/governance/operations'

const names = new Intl.ListFormat('en', { type: 'disjunction' })
const together = new Intl.ListFormat('en', { type: 'conjunction' })

export const anyOf = (list: readonly string[]): string => names.format(list)
export const allOf = (list: readonly string[]): string => together.format(list)

/** What has to happen next, as the act itself. */
export const stepWords: Record<ReviewStep, string> = {
  submit: 'Submit for review',
  approve: 'Review',
  promote: 'Promote',
}

/** What the reason of an audit row begins with, where one action covers several acts. */
const prefixes: [RegExp, string][] = [
  [/^Rejected: /, 'rejected it'],
  [/^Changes requested: /, 'asked for changes'],
  [/^Withdrawn: /, 'withdrew it'],
  [/^Restored: /, 'restored it'],
  [/^Said anew: /, 'changed what is said of it'],
]

function prefixed(what: string, reason: string | null): { what: string; reason: string | null } {
  const found = prefixes.find(([prefix]) => reason !== null && prefix.test(reason))
  return found && reason !== null
    ? { what: found[1], reason: reason.replace(found[0], '') }
    : { what, reason }
}

/** What an entry of a version's history tells, and the reason that was given. */
export function eventWords({ action, environment, reason }: ReviewEvent): {
  what: string
  reason: string | null
} {
  switch (action) {
    case 'version:submit':
      return prefixed('submitted it for review', reason)
    case 'version:approve':
      return prefixed('approved it', reason)
    case 'version:promote':
      return { what: `promoted it${environment ? ` in ${environment}` : ''}`, reason }
    case 'version:deprecate':
      return prefixed('deprecated it', reason)
    case 'group:update':
      return prefixed('wrote it', reason)
    default:
      return { what: action, reason }
  }
}
