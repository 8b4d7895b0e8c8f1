import { type actionLabels, actions } from '@/lib/authz/actions'

type Action = keyof typeof actionLabels

/** What a key can be limited to, in the order of a form. */
export const scopeGroups: readonly { label: string; actions: readonly Action[] }[] = [
  {
    label: 'Reading',
    actions: ['catalog:describe', 'group:read_online', 'group:read_offline', 'group:read_statistics'],
  },
  { label: 'Writing rows', actions: ['group:write_online', 'group:write_offline'] },
  {
    label: 'Definitions',
    actions: ['group:create', 'group:update', 'group:delete', 'service:create', 'service:update'],
  },
  {
    label: 'Versions',
    actions: ['version:submit', 'version:approve', 'version:promote', 'version:deprecate'],
  },
  { label: 'Looking after', actions: ['audit:read', 'people:manage', 'key:create'] },
]

/** Sets of scopes that are often wanted. */
export const scopePresets: readonly { label: string; actions: readonly Action[] }[] = [
  { label: 'Read features', actions: ['catalog:describe', 'group:read_online', 'group:read_offline'] },
  { label: 'Write rows', actions: ['catalog:describe', 'group:write_online', 'group:write_offline'] },
]

/** Every action that a form offers. */
export const offeredActions: readonly Action[] = scopeGroups.flatMap((group) => group.actions)

export const isAction = (name: string): name is Action => actions.some((action) => action === name)
