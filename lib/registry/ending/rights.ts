import { authorizeAtAll } from '@/lib/audit'
import { type Action, decide, mayEver } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { authorizeOnVersion } from '../act-on-version'
import type { VersionRow } from '../definition'
import { requireVersion } from '../get-feature-group'
import { describedGroup, type GroupRow, groupFacts } from '../queries'

/** Who looks after a deprecation: who may deprecate the version, and who may approve it. */
const rights: readonly Action[] = ['version:deprecate', 'version:approve']

/** The coarse gate, before the body is looked at. Errors: `forbidden`. */
export const authorizeEndingAtAll = (ctx: Context): Promise<void> =>
  authorizeAtAll(ctx, rights.find((action) => mayEver(ctx, action)) ?? 'version:deprecate')

/** The right by which this caller looks after the version; the first where none is given, to be refused by. */
function rightOnEnding(ctx: Context, row: GroupRow, version: VersionRow): Action {
  const facts = { ...groupFacts(row), lifecycle: version.state, authorId: version.createdBy }
  return rights.find((action) => decide(ctx, action, facts).allowed) ?? 'version:deprecate'
}

/** The version and the right by which its deprecation is looked after. Errors: `forbidden`, `not_found`. */
export async function authorizedEnding(ctx: Context, group: string, major: number) {
  const row = await describedGroup(ctx, group)
  const version = await requireVersion(row, major)
  const action = rightOnEnding(ctx, row, version)
  return { row, version, action, decision: await authorizeOnVersion(ctx, action, row, version) }
}
