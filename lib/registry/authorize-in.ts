import { authorize } from '@/lib/audit'
import type { Action } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { environmentsOf, type GroupRow, groupFacts, versionsOf } from './queries'

/** Where the only version of a group stands while it is a draft: once it is complete it may serve there at once. */
export async function draftPlaces({ group }: GroupRow): Promise<string[]> {
  const [newest, ...others] = await versionsOf(group.id)
  if (newest?.state !== 'draft' || others.length > 0) return []
  return (await environmentsOf([newest.id])).map(({ environment }) => environment)
}

/** Rights may end at an environment: an act that reaches several needs them in each. Errors: `forbidden`. */
export async function authorizeIn(
  ctx: Context,
  action: Action,
  row: GroupRow,
  environments: readonly string[],
): Promise<void> {
  for (const environment of new Set(environments))
    await authorize({ ...ctx, environment }, action, groupFacts(row))
}
