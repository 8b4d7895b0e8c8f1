import type { ActivityRow } from '@/lib/audit/operations'
import { type Action, actionLabels } from '@/lib/authz/actions'

/** What was done, as a person would say it afterwards. */
const done: Partial<Record<Action, string>> = {
  'group:create': 'Registered',
  'group:update': 'Changed',
  'group:delete': 'Deleted',
  'group:write_online': 'Rows written online',
  'group:write_offline': 'Rows written',
  'version:submit': 'Submitted for review',
  'version:approve': 'Approved',
  'version:promote': 'Promoted',
  'version:deprecate': 'Deprecated',
  'service:create': 'Registered',
  'service:update': 'Changed',
  'dataset:create': 'Build',
}

const words: Record<string, string> = { ...actionLabels, ...done }

/** Some acts share an action and are told apart by how their reason begins. */
const prefixes = [
  'Archived',
  'Restored',
  'Rejected',
  'Changes requested',
  'Withdrawn',
  'Commit reverted',
  'Revert taken back',
  'Quarantined rows discarded',
]

/** "Registered", "Deprecated", "Restored". */
export function actWords({ action, reason }: Pick<ActivityRow, 'action' | 'reason'>): string {
  const prefix = prefixes.find((one) => reason?.startsWith(`${one}: `))
  return prefix ?? words[action] ?? action
}

/** The reason without the word that the act is already told by. */
export const bareReason = (reason: string | null): string | null =>
  reason?.replace(new RegExp(`^(?:${prefixes.join('|')}): `), '') ?? null
