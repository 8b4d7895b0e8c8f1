import type { Context } from '@/lib/core/context'
import type { Role, TeamMembership } from '@/lib/core/principal'
import { classifications } from '../classification'
import { type ResourceFacts, systemResource } from '../resource'
import type { Grant, Subject } from '../subject'

/** A person with global roles and memberships, for tests that need no database. */
export function subjectWith(options: {
  roles?: Role[]
  teams?: Record<string, TeamMembership['membership']>
  grants?: Grant[]
}): Subject {
  return {
    kind: 'user',
    id: 'asker',
    name: 'Asker',
    sessionId: 'session',
    roles: (options.roles ?? []).map((role) => ({ role, teamId: null, environment: null })),
    teams: Object.entries(options.teams ?? {}).map(([teamId, membership]) => ({
      teamId,
      team: teamId.replace(/^t_/, ''),
      membership,
    })),
    grants: options.grants ?? [],
  }
}

export const contextWith = (actor: Context['actor'], overrides: Partial<Context> = {}): Context => ({
  actor,
  environment: 'prod',
  requestId: 'request',
  via: 'api',
  purpose: null,
  address: null,
  now: () => new Date('2026-05-03T12:00:00Z'),
  signal: new AbortController().signal,
  ...overrides,
})

/** A group of team flights unless said otherwise. */
export const groupWith = (overrides: Partial<ResourceFacts> = {}): ResourceFacts => ({
  ...systemResource,
  kind: 'group',
  id: 'g1',
  name: 'route_delays',
  teamId: 't_flights',
  team: 'flights',
  classification: classifications[1],
  lifecycle: 'active',
  authorId: 'author',
  ...overrides,
})
