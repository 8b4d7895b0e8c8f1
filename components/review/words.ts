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

const rejected = /^Rejected: /
const restored = /^Restored: /

/** What an entry of a version's history tells, and the reason that was given. */
export function eventWords({ action, environment, reason }: ReviewEvent): {
  what: string
  reason: string | null
} {
  switch (action) {
    case 'version:submit':
      return { what: 'submitted it for review', reason }
    case 'version:approve':
      return reason !== null && rejected.test(reason)
        ? { what: 'sent it back', reason: reason.replace(rejected, '') }
        : { what: 'approved it', reason }
    case 'version:promote':
      return { what: `promoted it${environment ? ` in ${environment}` : ''}`, reason }
    case 'version:deprecate':
      return reason !== null && restored.test(reason)
        ? { what: 'restored it', reason: reason.replace(restored, '') }
        : { what: 'deprecated it', reason }
    case 'group:update':
      return { what: 'wrote it', reason }
    default:
      return { what: action, reason }
  }
}
