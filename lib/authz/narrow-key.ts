import type { Actor } from '@/lib/core/context'
import type { Action } from './actions'
import type { Situation } from './entities'
import type { ResourceFacts } from './resource'

export interface Narrowing {
  policy: 'key-expired' | 'key-scopes' | 'key-environments' | 'key-groups'
  rule: string
  missing: string
}

type Key = Extract<Actor, { kind: 'apiKey' }>

const inScope = (key: Key, action: Action) => key.scopes.length === 0 || key.scopes.includes(action)

/** A key that is limited to groups acts on nothing else. */
const onItsGroups = (key: Key, resource: ResourceFacts) =>
  key.groups.length === 0 || (resource.kind === 'group' && key.groups.includes(resource.name))

/**
 * A built-in forbid ahead of the policies: a key never exceeds its owner, and its own limits narrow it further.
 * Returns what stands in the way, or undefined. `resource` null: any.
 */
export function narrowKey(situation: Situation, resource: ResourceFacts | null): Narrowing | undefined {
  const { actor: key, action, environment, now } = situation
  if (key.kind !== 'apiKey') return undefined
  const name = `API key ${key.keyName}`
  if (key.expiresAt !== null && key.expiresAt <= now)
    return { policy: 'key-expired', rule: `${name} has expired.`, missing: 'a key that has not expired' }
  if (!inScope(key, action))
    return {
      policy: 'key-scopes',
      rule: `${name} is limited to ${key.scopes.join(', ')}.`,
      missing: `scope ${action}`,
    }
  if (environment !== null && key.environments.length > 0 && !key.environments.includes(environment))
    return {
      policy: 'key-environments',
      rule: `${name} is limited to environment ${key.environments.join(', ')}.`,
      missing: `environment ${environment}`,
    }
  if (resource !== null && !onItsGroups(key, resource))
    return {
      policy: 'key-groups',
      rule: `${name} is limited to feature groups ${key.groups.join(', ')}.`,
      missing: resource.kind === 'group' ? `feature group ${resource.name}` : 'a key without that limit',
    }
  return undefined
}
