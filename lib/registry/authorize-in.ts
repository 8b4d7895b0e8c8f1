import { db, type Executor } from '@/db/client'
import { authorize } from '@/lib/audit'
import { type Action, type Decision, decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { catalogVersion } from './group-documents'
import { environmentsOf, versionsOf } from './queries'

const namesOf = (places: { environment: string }[]) => [
  ...new Set(places.map(({ environment }) => environment)),
]

/** Where a version stands. */
export const placesOfVersion = async (versionId: string, executor: Executor = db()): Promise<string[]> =>
  namesOf(await environmentsOf([versionId], executor))

/** Where any version of a group stands: what is said of the group is said there. */
export async function placesOfGroup(groupId: string, executor: Executor = db()): Promise<string[]> {
  const versions = await versionsOf(groupId, executor)
  const ids = versions.map(({ id }) => id)
  return namesOf(await environmentsOf(ids, executor))
}

/** Where the version stands that the catalogue speaks of, which a change begins from. */
export async function placesOfBase(groupId: string, executor: Executor = db()): Promise<string[]> {
  const versions = await versionsOf(groupId, executor)
  const ids = versions.map(({ id }) => id)
  const places = await environmentsOf(ids, executor)
  const base = catalogVersion(versions, places)
  return namesOf(places.filter(({ versionId }) => versionId === base?.id))
}

/** What stands nowhere is acted on where the caller says. */
const orHere = (ctx: Context, environments: readonly string[]): [string, ...string[]] => {
  const [first = ctx.environment, ...others] = new Set(environments)
  return [first, ...others]
}

/**
 * Rights may end at an environment, and the caller chooses the one of the request: an act that reaches several needs
 * them in each of those. Errors: `forbidden`, `not_found`, as authorize.
 */
export async function authorizeIn(
  ctx: Context,
  action: Action,
  facts: ResourceFacts,
  environments: readonly string[],
): Promise<Decision> {
  const [first, ...others] = orHere(ctx, environments)
  const decision = await authorize({ ...ctx, environment: first }, action, facts)
  for (const environment of others) await authorize({ ...ctx, environment }, action, facts)
  return decision
}

/** Whether authorizeIn would allow it. */
export const allowedIn = (
  ctx: Context,
  action: Action,
  facts: ResourceFacts,
  environments: readonly string[],
): boolean =>
  orHere(ctx, environments).every((environment) => decide({ ...ctx, environment }, action, facts).allowed)
