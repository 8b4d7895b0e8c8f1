import type { RoleAssignment, TeamMembership } from './principal'

export type Via = 'ui' | 'api' | 'job' | 'cli' | 'feast' | 'mcp'

interface Principal {
  id: string
  name: string
  roles: RoleAssignment[]
  teams: TeamMembership[]
}

/** Who acts. A key acts with its owner's rights, narrowed by its scopes, environments and groups. */
export type Actor =
  | (Principal & { kind: 'user'; sessionId: string })
  | (Principal & {
      kind: 'apiKey'
      keyId: string
      keyName: string
      /** Action names; empty means everything the owner may. */
      scopes: string[]
      /** Empty means every environment. */
      environments: string[]
      /** Feature group names; empty means every group. */
      groups: string[]
      expiresAt: Date | null
    })
  | (Principal & { kind: 'job'; jobId: string })
  | (Principal & { kind: 'system' })

/** An asset by the name that a request gives it, whether or not it is there. */
export interface Target {
  kind: 'group' | 'service' | 'entity' | 'source'
  name: string
}

/** Everything a use case knows of its caller. `now` is the injected clock; `signal` fires when the caller leaves. */
export interface Context {
  actor: Actor
  environment: string
  requestId: string
  via: Via
  purpose: string | null
  address: string | null
  now: () => Date
  signal: AbortSignal
  /** What the address names: a refusal before anything is read is explained and recorded with it. */
  target?: Target | null
}
