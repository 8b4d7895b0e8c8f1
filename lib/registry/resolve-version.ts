import { decide, missing } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { type DomainError, notFound } from '@/lib/core/errors'
import { listEnvironments } from './environments'
import { loadPromotedVersions, loadServingVersion } from './load-version'
import { findGroup, groupFacts, versionsOf } from './queries'
import type { ServingVersion, VersionReference } from './types'

/** Says which part of the reference is not there, to someone who may know of the group. */
async function whyMissing(
  ctx: Context,
  reference: VersionReference,
  environment: string,
): Promise<DomainError> {
  const { group, version } = reference
  const known = await findGroup(group)
  if (!known || !decide(ctx, 'catalog:describe', groupFacts(known)).allowed) return missing('group', group)
  if (!(await listEnvironments()).includes(environment)) return notFound(`Environment ${environment}`)
  const versions = await versionsOf(known.group.id)
  if (version !== undefined) {
    const exists = versions.some((one) => one.major === version)
    return notFound(
      exists
        ? `Feature group ${group}@${version} in environment ${environment}`
        : `Feature group ${group}@${version}`,
      'version',
    )
  }
  const states = versions.map((one) => `@${one.major} ${one.state.replace('_', ' ')}`).join(', ')
  return notFound(
    `A promoted version of feature group ${group} in environment ${environment} (${states})`,
    'version',
  )
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

/** What the environment serves of the groups that the caller may know of, in a few statements; the others are left out. */
export async function resolvePromoted(ctx: Context, groups: readonly string[]): Promise<ServingVersion[]> {
  const found = await loadPromotedVersions(groups, ctx.environment)
  return found.filter(({ resource }) => decide(ctx, 'catalog:describe', resource).allowed)
}
