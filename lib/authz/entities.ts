import type { EntityJson } from '@cedar-policy/cedar-wasm/nodejs'
import type { Actor, Context } from '@/lib/core/context'
import { type Role, type RoleAssignment, roles } from '@/lib/core/principal'
import type { Action } from './actions'
import type { ResourceFacts } from './resource'
import { type Grant, grantsOf } from './subject'

/** What a request asks of the policies. `environment` null: any would do. */
export interface Situation {
  actor: Actor
  action: Action
  environment: string | null
  purpose: string | null
  now: Date
}

/** To describe is no act in an environment: a right in any of them is enough. */
const environmentFree: ReadonlySet<Action> = new Set<Action>(['catalog:describe'])

export const situationOf = (ctx: Context, action: Action, resource?: ResourceFacts): Situation => ({
  actor: ctx.actor,
  action,
  environment: environmentFree.has(action) ? null : (resource?.environment ?? ctx.environment),
  purpose: ctx.purpose,
  now: ctx.now(),
})

const unique = (values: string[]) => [...new Set(values)].sort()

const holdsIn = (environment: string | null) => (assignment: RoleAssignment) =>
  environment === null || assignment.environment === null || assignment.environment === environment

function teamsByRole(assignments: RoleAssignment[], memberOf: string[]) {
  const of = (role: Role) =>
    unique(
      assignments
        .filter((one) => one.role === role)
        .flatMap((one) => (one.teamId === null ? memberOf : [one.teamId])),
    )
  return Object.fromEntries(roles.map((role) => [`${role}Of`, of(role)]))
}

const readGrants = ['group:read_online', 'group:read_offline']

/** A right to read an asset includes knowing that it exists and seeing its statistics. */
function covers(grant: Grant, action: Action): boolean {
  if (action === 'catalog:describe') return true
  if (action === 'group:read_statistics') return grant.action === action || readGrants.includes(grant.action)
  if (action === 'dataset:create') return grant.action === action || grant.action === 'group:read_offline'
  return grant.action === action
}

function grantedIds({ actor, action, environment, purpose, now }: Situation) {
  const held = grantsOf(actor).filter(
    (grant) =>
      grant.expiresAt > now &&
      covers(grant, action) &&
      (environment === null || grant.environments.length === 0 || grant.environments.includes(environment)),
  )
  const fits = held.filter((grant) => purpose === null || grant.purpose === null || grant.purpose === purpose)
  const exact = held.filter((grant) => purpose !== null && grant.purpose === purpose)
  return {
    granted: unique((action === 'catalog:describe' ? held : fits).map((grant) => grant.groupId)),
    grantedForPurpose: unique(exact.map((grant) => grant.groupId)),
  }
}

/** The asker as Cedar sees it, for one action in one environment at one instant. */
export function principalEntity(situation: Situation): EntityJson {
  const { actor, environment } = situation
  const assignments = actor.roles.filter(holdsIn(environment))
  const memberOf = actor.teams.map((team) => team.teamId)
  const assigned = assignments.flatMap((one) => (one.teamId === null ? [] : [one.teamId]))
  return {
    uid: { type: 'Principal', id: actor.id },
    attrs: {
      id: actor.id,
      kind: actor.kind,
      roles: unique(assignments.filter((one) => one.teamId === null).map((one) => one.role)),
      teams: unique([...memberOf, ...assigned]),
      maintains: unique(
        actor.teams.filter((team) => team.membership === 'maintainer').map((team) => team.teamId),
      ),
      ...teamsByRole(assignments, memberOf),
      ...grantedIds(situation),
    },
    parents: [],
  }
}

/** The thing acted upon as Cedar sees it. What is not known is absent, and an absent attribute is false. */
export function assetEntity(resource: ResourceFacts): EntityJson {
  return {
    uid: { type: 'Asset', id: `${resource.kind}/${resource.id}` },
    attrs: {
      id: resource.id,
      kind: resource.kind,
      classification: resource.classification,
      tags: resource.tags,
      ...(resource.teamId === null ? {} : { team: resource.teamId }),
      ...(resource.lifecycle === undefined ? {} : { lifecycle: resource.lifecycle }),
      ...(resource.authorId === undefined ? {} : { author: resource.authorId }),
      ...(resource.ownerId === undefined ? {} : { owner: resource.ownerId }),
    },
    parents: [],
  }
}

/** The context record. Where any environment would do, it is named `*`. */
export const contextRecord = ({ environment, purpose }: Situation) => ({
  environment: environment ?? '*',
  ...(purpose === null ? {} : { purpose }),
})
