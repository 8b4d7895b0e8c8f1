import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { people } from '@/db/schema'
import {
  type Decision,
  decide,
  mayEver,
  mayKnow,
  missing,
  policyVersion,
  type ResourceFacts,
  type ResourceKind,
  refusedEverywhere,
  systemResource,
} from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { teamFacts } from './facts'
import { canQuery } from './operations'
import { findTeam } from './queries'
import type { CanResource, MeResource } from './resources'

/** Who asks. */
export async function getMe({ actor }: Context): Promise<MeResource> {
  const [person] = await db().select({ email: people.email }).from(people).where(eq(people.id, actor.id))
  const teamName = (teamId: string | null) =>
    teamId === null ? null : (actor.teams.find((team) => team.teamId === teamId)?.team ?? teamId)
  return {
    kind: actor.kind,
    id: actor.id,
    name: actor.name,
    email: person?.email ?? null,
    roles: actor.roles.map(({ role, teamId, environment }) => ({
      role,
      team: teamName(teamId),
      environment,
    })),
    teams: actor.teams.map(({ team, membership }) => ({ name: team, membership })),
    key:
      actor.kind === 'apiKey'
        ? {
            id: actor.keyId,
            name: actor.keyName,
            scopes: actor.scopes,
            environments: actor.environments,
            groups: actor.groups,
            expires_at: actor.expiresAt?.toISOString() ?? null,
          }
        : null,
  }
}

/** Finds what policies may know of an asset; null when it is not there. Higher rooms know groups and services. */
export type FactsFinder = (name: string) => Promise<ResourceFacts | null>

const ownFinders: Partial<Record<ResourceKind, FactsFinder>> = {
  system: async () => systemResource,
  team: async (name) => {
    const team = await findTeam(name)
    return team && teamFacts(team)
  },
}

const isKind = (kind: string, finders: object): kind is ResourceKind => Object.hasOwn(finders, kind)

async function factsFor(
  ctx: Context,
  resource: string,
  finders: Partial<Record<ResourceKind, FactsFinder>>,
): Promise<ResourceFacts> {
  const colon = resource.indexOf(':')
  const kind = colon < 0 ? 'group' : resource.slice(0, colon)
  const name = resource.slice(colon + 1)
  const all = { ...ownFinders, ...finders }
  if (!isKind(kind, all)) {
    throw invalidField('/resource', `names no kind of: ${Object.keys(all).join(', ')}`, 'unknown_kind')
  }
  const facts = name.includes('\u0000') ? null : await all[kind]?.(name)
  if (!facts || !mayKnow(ctx, facts)) throw missing(kind, name)
  return facts
}

const canResource = ({ policyVersion: policy_version, whoCanHelp, ...decision }: Decision): CanResource => ({
  ...decision,
  policy_version,
  who_can_help: whoCanHelp,
})

/**
 * Whether the caller may do something, on one resource or on any at all, and why. Asking is no act: nothing is
 * audited. Errors: `not_found` for what the caller may not know of; `invalid`.
 */
export async function canI(
  ctx: Context,
  input: unknown,
  finders: Partial<Record<ResourceKind, FactsFinder>> = {},
): Promise<CanResource> {
  const { action, resource } = parseInput(canQuery, input)
  if (resource === undefined) {
    if (mayEver(ctx, action)) {
      const rule = 'Some resource allows it.'
      return {
        allowed: true,
        rule,
        policies: [],
        policy_version: policyVersion,
        missing: [],
        who_can_help: [],
      }
    }
    return canResource(refusedEverywhere(ctx, action))
  }
  return canResource(decide(ctx, action, await factsFor(ctx, resource, finders)))
}
