import { and, eq, inArray } from 'drizzle-orm'
import { withTransaction } from '@/db/client'
import { quarantinedRows } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { resolveVersion, type VersionReference } from '@/lib/registry'
import { discardInput, holdAgainInput } from './operations'

interface Settling {
  reference: VersionReference
  ids: string[]
  from: 'held' | 'discarded'
  to: 'held' | 'discarded'
  reason: string | null
}

const words = {
  discarded: { was: 'held', act: 'Quarantined rows discarded' },
  held: { was: 'discarded', act: 'Discarded rows held again' },
}

async function settle(
  ctx: Context,
  { reference, ids, from, to, reason }: Settling,
): Promise<{ rows: number }> {
  const version = await resolveVersion(ctx, reference)
  const decision = await authorize(ctx, 'group:write_offline', version.resource)
  const own = and(
    eq(quarantinedRows.versionId, version.versionId),
    eq(quarantinedRows.environment, version.environment),
  )
  const discarded = reason === null ? null : { reason, by: ctx.actor.name, at: ctx.now().toISOString() }
  const rows = [...new Set(ids)]
  return await withTransaction(async (tx) => {
    const settled = await tx
      .update(quarantinedRows)
      .set({ state: to, discarded })
      .where(and(own, eq(quarantinedRows.state, from), inArray(quarantinedRows.id, rows)))
      .returning({ id: quarantinedRows.id })
    if (settled.length < rows.length)
      throw new DomainError(
        'conflict',
        `Each row must be ${words[to].was} in the quarantine of this version.`,
      )
    await record(tx, ctx, {
      action: 'group:write_offline',
      resource: version.resource,
      decision,
      reason: reason === null ? words[to].act : `${words[to].act}: ${reason}`,
      environment: version.environment,
      after: { version: version.major, kind: to === 'held' ? 'hold' : 'discard', rows: rows.length },
    })
    return { rows: rows.length }
  })
}

/** Gives held rows up, with a reason. All or nothing. Errors: not_found, forbidden, invalid, conflict. */
export async function discardQuarantine(ctx: Context, reference: VersionReference, body: unknown) {
  await authorizeAtAll(ctx, 'group:write_offline')
  const { rows: ids, reason } = parseInput(discardInput, body)
  return settle(ctx, { reference, ids, from: 'held', to: 'discarded', reason })
}

/** Takes a discard back. All or nothing. Errors: as discardQuarantine. */
export async function holdQuarantine(ctx: Context, reference: VersionReference, body: unknown) {
  await authorizeAtAll(ctx, 'group:write_offline')
  const { rows: ids } = parseInput(holdAgainInput, body)
  return settle(ctx, { reference, ids, from: 'discarded', to: 'held', reason: null })
}
