import type { Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { closeEdge, recordEdge } from '@/lib/edges'
import { actOnVersion, authorizeAct, requireState, versionName } from '../act-on-version'
import type { VersionRow } from '../definition'
import { replacementEdge, requireFuture } from '../deprecate-version'
import { requireMatch } from '../if-match'
import type { GroupRow } from '../queries'
import { requireReplacement } from '../replacement'
import { updateVersion } from '../version-writes'
import { newsOf, tellDownstream } from './downstream'
import { requireNotice } from './ending-rules'
import { getDeprecation } from './get-deprecation'
import { changeDeprecationInput, type DeprecationStateResource } from './resources'

async function replace(
  tx: Transaction,
  ctx: Context,
  { row, version }: { row: GroupRow; version: VersionRow },
  replacement: string | null,
): Promise<void> {
  if (replacement === version.replacement) return
  const name = versionName(row, version)
  if (version.replacement !== null) await closeEdge(tx, replacementEdge(name, version.replacement), ctx.now())
  if (replacement === null) return
  await requireReplacement(tx, ctx, { row, version }, replacement)
  await recordEdge(tx, { ...replacementEdge(name, replacement), author: ctx.actor.id, at: ctx.now() })
}

/**
 * Changes sunset date, replacement or reason of a deprecation, and tells everybody downstream anew. A date that was
 * promised may be moved, never into the past. Errors: `conflict` unless it is deprecated; `invalid`;
 * `precondition_required`, `precondition_failed`; `forbidden`.
 */
export async function changeDeprecation(
  ctx: Context,
  { group, version: major }: { group: string; version: number },
  body: unknown,
  ifMatch: string | null,
): Promise<DeprecationStateResource> {
  await authorizeAct(ctx, 'version:deprecate')
  const input = parseInput(changeDeprecationInput, body)
  if (Object.values(input).every((value) => value === undefined))
    throw invalidField('', 'names nothing to change: reason, replacement or sunset_at', 'nothing_to_change')
  requireFuture(ctx, input.sunset_at ?? null)
  await actOnVersion(ctx, {
    action: 'version:deprecate',
    group,
    major,
    reason: `Deprecation changed: ${input.reason ?? 'date or replacement'}`,
    apply: async (tx, row, version) => {
      requireMatch(ifMatch, row.group.revision)
      requireState(row, version, 'changed in its deprecation', ['deprecated'])
      await requireNotice(tx, ctx, { sunsetAt: input.sunset_at ?? null, before: version.sunsetAt })
      const { reason = version.deprecationReason, replacement = version.replacement } = input
      await replace(tx, ctx, { row, version }, replacement)
      const changed = await updateVersion(tx, version.id, {
        deprecationReason: reason,
        replacement,
        sunsetAt: input.sunset_at === undefined ? version.sunsetAt : input.sunset_at,
      })
      await tellDownstream(
        tx,
        ctx,
        { row, version: changed },
        {
          ...newsOf({ row, version: changed }),
          kind: 'deprecation',
          needsAcknowledgement: true,
          occasion: newId(ctx.now().getTime()),
        },
      )
      return changed
    },
  })
  return getDeprecation(ctx, group, major)
}
