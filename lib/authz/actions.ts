/**
 * Every act that the policies know, with the words in which it is explained. Client-safe: forms and buttons
 * name actions from here.
 */
export const actionLabels = {
  'catalog:describe': 'see that an asset exists and read its description',
  'group:create': 'register a feature group',
  'group:update': 'change a feature group',
  'group:delete': 'delete a feature group',
  'group:write_online': 'write rows to the online store',
  'group:write_offline': 'write rows to the offline store',
  'group:read_online': 'read online features',
  'group:read_offline': 'read historical features',
  'group:read_statistics': 'see statistics',
  'version:submit': 'submit a version for review',
  'version:approve': 'approve a version',
  'version:promote': 'promote a version to an environment',
  'version:deprecate': 'deprecate a version',
  'service:create': 'create a feature service',
  'service:update': 'change a feature service',
  'dataset:create': 'build a training dataset',
  'dataset:read': 'read a training dataset',
  'monitor:manage': 'manage monitors',
  'alert:act': 'act on alerts',
  'contract:sign': 'sign a data contract',
  'access:request': 'request access',
  'access:grant': 'grant access',
  'access:recertify': 'recertify grants',
  'erasure:request': 'request an erasure',
  'erasure:approve': 'approve an erasure',
  'policy:manage': 'manage policies',
  'audit:read': 'read the audit log',
  'people:manage': 'manage people and teams',
  'settings:manage': 'manage settings',
  'key:create': 'create and revoke API keys',
  'lineage:write': 'write lineage',
} as const

export type Action = keyof typeof actionLabels

/** Where a declared purpose decides about restricted data. */
export const purposeActions: readonly Action[] = [
  'group:read_online',
  'group:read_offline',
  'dataset:create',
  'dataset:read',
]

const isAction = (name: string): name is Action => Object.hasOwn(actionLabels, name)

/** All actions in the order of the table. */
export const actions: readonly Action[] = Object.keys(actionLabels).filter(isAction)
