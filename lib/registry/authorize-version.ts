import type { Action, Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { authorizeOnVersion } from './act-on-version'
import { requireVersion } from './get-feature-group'
import { describedGroup } from './queries'
import { authorizeOnService } from './service-places'

/**
 * Asks, before a form is shown, what the act on a version will ask. Errors: `forbidden` with the decision explained;
 * `not_found` for a missing or hidden group and for a version that is not there.
 */
export async function authorizeVersion(
  ctx: Context,
  action: Action,
  { group, version }: { group: string; version: number },
): Promise<Decision> {
  const row = await describedGroup(ctx, group)
  return authorizeOnVersion(ctx, action, row, await requireVersion(row, version))
}

/** Asks what a change of a service will ask. Errors: `forbidden`, `not_found`. */
export const authorizeService = async (ctx: Context, name: string): Promise<Decision> =>
  (await authorizeOnService(ctx, name)).decision
