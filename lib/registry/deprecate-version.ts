import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { type Edge, recordEdge } from '@/lib/edges'
import { actOnVersion, authorizeAct, requireState, versionName } from './act-on-version'
import { endOf, newsOf, tellDownstream } from './ending/downstream'
import { requireNotice } from './ending/ending-rules'
import { deprecateInput } from './inputs'
import { requireReplacement } from './replacement'
import type { VersionResource } from './resources'
import { tellSigners } from './tell-signers'
import { updateVersion } from './version-writes'

export const replacementEdge = (name: string, replacement: string): Edge => ({
  from: { kind: 'group', name },
  to: { kind: 'group', name: replacement },
  relation: 'replaced_by',
})

/** Errors: `invalid` at `/sunset_at`. */
export function requireFuture(ctx: Context, sunsetAt: string | null) {
  if (sunsetAt === null || Date.parse(sunsetAt) > ctx.now().getTime()) return
  throw invalidField(
    '/sunset_at',
    `The sunset date ${sunsetAt} has passed; it must lie in the future.`,
    'not_in_future',
  )
}

/**
 * Deprecates an active version: reads go on and carry the headers of deprecationHeaders until the sunset date,
 * new services may no longer name it, and everybody downstream is told and asked to acknowledge it.
 * Errors: `conflict` unless it is active; `invalid` at `/replacement` or `/sunset_at`; `forbidden`.
 */
export async function deprecateVersion(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
): Promise<VersionResource> {
  await authorizeAct(ctx, 'version:deprecate')
  const input = parseInput(deprecateInput, body)
  const replacement = input.replacement ?? null
  const sunsetAt = input.sunset_at ?? null
  requireFuture(ctx, sunsetAt)
  return actOnVersion(ctx, {
    action: 'version:deprecate',
    group,
    major,
    reason: input.reason,
    apply: async (tx, row, version) => {
      requireState(row, version, 'deprecated', ['active'])
      await requireNotice(tx, ctx, { sunsetAt, before: null })
      const at = ctx.now()
      if (replacement !== null) {
        await requireReplacement(tx, ctx, { row, version }, replacement)
        const edge = replacementEdge(versionName(row, version), replacement)
        await recordEdge(tx, { ...edge, author: ctx.actor.id, at })
      }
      const deprecated = await updateVersion(tx, version.id, {
        state: 'deprecated',
        deprecatedAt: at.toISOString(),
        deprecationReason: input.reason,
        replacement,
        sunsetAt,
      })
      const news = newsOf({ row, version: deprecated })
      await tellSigners(tx, ctx, row, version, { becomes: endOf(deprecated), body: news.body })
      await tellDownstream(
        tx,
        ctx,
        { row, version: deprecated },
        {
          ...news,
          kind: 'deprecation',
          needsAcknowledgement: true,
          occasion: newId(at.getTime()),
        },
      )
      return deprecated
    },
  })
}
