import { authorizeAtAll } from '@/lib/audit'
import { type Action, mayEver } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { authorizeOnVersion, factsFor } from '../act-on-version'
import { allowedIn, placesOfVersion } from '../authorize-in'
import type { VersionRow } from '../definition'
import { requireVersion } from '../get-feature-group'
import { describedGroup, type GroupRow } from '../queries'

/** Who looks after a deprecation: who may deprecate the version, and who may approve it. */
const rights: readonly Action[] = ['version:deprecate', 'version:approve']

/** The coarse gate, before the body is looked at. Errors: `forbidden`. */
export const authorizeEndingAtAll = (ctx: Context): Promise<void> =>
  authorizeAtAll(ctx, rights.find((action) => mayEver(ctx, action)) ?? 'version:deprecate')

/** The right by which this caller looks after the version; the first where none is given, to be refused by. */
async function rightOnEnding(ctx: Context, row: GroupRow, version: VersionRow): Promise<Action> {
  const places = await placesOfVersion(version.id)
  for (const action of rights)
    if (allowedIn(ctx, action, await factsFor(ctx, action, row, version), places)) return action
  return 'version:deprecate'
}

/** The version and the right by which its deprecation is looked after. Errors: `forbidden`, `not_found`. */
export async function authorizedEnding(ctx: Context, group: string, major: number) {
  const row = await describedGroup(ctx, group)
  const version = await requireVersion(row, major)
  const action = await rightOnEnding(ctx, row, version)
  return { row, version, action, decision: await authorizeOnVersion(ctx, action, row, version) }
}
