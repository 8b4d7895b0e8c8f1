import { decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { listOrphans, listUnused, retirementFigures } from '@/lib/retirement'
import { orphanReasons, orphansQuery, unusedKinds, unusedQuery } from '@/lib/retirement/operations'

export type UnusedParams = Record<string, string | string[] | undefined>

const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)

/** Which list the address names; the groups that nobody reads when it names none. */
function listOfAddress(params: UnusedParams) {
  const asked = text(params.list)
  const reason = orphanReasons.find((one) => one === asked)
  if (reason) return { id: reason, orphans: reason, unused: null }
  const [kind = unusedKinds[1], which = 'unread'] = unusedKinds.flatMap((one) =>
    (['unread', 'never'] as const).flatMap((two) => (`${one}-${two}` === asked ? [one, two] : [])),
  )
  return { id: `${kind}-${which}`, orphans: null, unused: { kind, which } }
}

/** The figures, the chosen list, and what its reader may do with it. Errors: `invalid`, `forbidden`. */
export async function loadUnused(ctx: Context, params: UnusedParams) {
  const { cursor, limit, q } = params
  const chosen = listOfAddress(params)
  const query = parseInput(unusedQuery, { ...chosen.unused, days: text(params.days), cursor, limit, q })
  const orphans = parseInput(orphansQuery, { reason: chosen.orphans ?? undefined, cursor, limit })
  return {
    ...chosen,
    query,
    figures: await retirementFigures(ctx, { days: query.days, cadences: orphans.cadences }),
    page: chosen.orphans === null ? await listUnused(ctx, query) : null,
    orphaned: chosen.orphans === null ? null : await listOrphans(ctx, orphans),
    mayAsk: decide(ctx, 'access:recertify', systemResource).allowed,
  }
}
