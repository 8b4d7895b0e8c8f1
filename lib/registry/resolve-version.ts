import { asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { environments, featureGroups, featureGroupVersions as groupVersions, teams } from '@/db/schema'
import { decide, missing, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { type DomainError, notFound } from '@/lib/core/errors'
import { loadServingVersion } from './load-version'
import type { ServingVersion, VersionReference } from './types'

interface KnownGroup {
  facts: ResourceFacts
  versions: { major: number; state: string }[]
}

async function findGroup(name: string): Promise<KnownGroup | null> {
  const [row] = await db()
    .select({ group: featureGroups, team: teams.name })
    .from(featureGroups)
    .innerJoin(teams, eq(teams.id, featureGroups.ownerTeamId))
    .where(eq(featureGroups.name, name))
  if (!row) return null
  const versions = await db()
    .select({ major: groupVersions.major, state: groupVersions.state })
    .from(groupVersions)
    .where(eq(groupVersions.groupId, row.group.id))
    .orderBy(asc(groupVersions.major))
  const { id, ownerTeamId, classification, tags } = row.group
  const facts: ResourceFacts = {
    kind: 'group',
    id,
    name,
    teamId: ownerTeamId,
    team: row.team,
    classification,
    tags,
  }
  return { facts, versions }
}

/** Says which part of the reference is not there, to someone who may know of the group. */
async function whyMissing(
  ctx: Context,
  reference: VersionReference,
  environment: string,
): Promise<DomainError> {
  const { group, version } = reference
  const known = await findGroup(group)
  if (!known || !decide(ctx, 'catalog:describe', known.facts).allowed) return missing('group', group)
  const [place] = await db().select().from(environments).where(eq(environments.name, environment))
  if (!place) return notFound(`Environment ${environment}`)
  if (version !== undefined) {
    const exists = known.versions.some((one) => one.major === version)
    return notFound(
      exists
        ? `Feature group ${group}@${version} in environment ${environment}`
        : `Feature group ${group}@${version}`,
    )
  }
  const states = known.versions.map((one) => `@${one.major} ${one.state.replace('_', ' ')}`).join(', ')
  return notFound(`A promoted version of feature group ${group} in environment ${environment} (${states})`)
}

/**
 * The version of a group that a reference means in an environment (default: the request's).
 * Checks only that the caller may know of the group; acts check their own rights.
 * Errors: `not_found` naming the group, version or environment.
 */
export async function resolveVersion(
  ctx: Context,
  reference: VersionReference,
  environment: string = ctx.environment,
): Promise<ServingVersion> {
  const version = await loadServingVersion(reference, environment)
  if (!version) throw await whyMissing(ctx, reference, environment)
  if (!decide(ctx, 'catalog:describe', version.resource).allowed) throw missing('group', reference.group)
  return version
}
