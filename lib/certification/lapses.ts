import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm'
import { db, type Transaction, withTransaction } from '@/db/client'
import { certifications } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { type Repeated, repeat } from '@/lib/core/repeat'
import { systemContext } from '@/lib/identity'
import { isoInstant } from '@/lib/registry'
import { tell } from './certify'

type Row = typeof certifications.$inferSelect

const tickMilliseconds = 600_000
const mostAtOnce = 200

/** Certified again since, in another version: that one is what holds. */
const isFollowed = async (tx: Transaction, { assetKind, assetName, certifiedAt, id }: Row) =>
  (await tx.$count(
    certifications,
    and(
      eq(certifications.assetKind, assetKind),
      eq(certifications.assetName, assetName),
      or(
        gt(certifications.certifiedAt, certifiedAt),
        and(eq(certifications.certifiedAt, certifiedAt), gt(certifications.id, id)),
      ),
    ),
  )) > 0

/** Returns whether it was told: by another process, or followed by another certification, it is not. */
const tellLapse = (ctx: Context, row: Row): Promise<boolean> =>
  withTransaction(async (tx) => {
    const claimed = await tx
      .update(certifications)
      .set({ lapseToldAt: ctx.now().toISOString() })
      .where(and(eq(certifications.id, row.id), isNull(certifications.lapseToldAt)))
      .returning({ id: certifications.id })
    if (claimed.length === 0 || (await isFollowed(tx, row))) return false
    const { assetKind: kind, assetName: name } = row
    const body = `It held until ${isoInstant(row.expiresAt)}. A reviewer can certify it anew.`
    await tell(tx, ctx, { kind, name }, `The certification of \`${name}\` has lapsed`, body)
    return true
  })

/** Tells the owners and followers of assets whose certification has lapsed, once each. Returns of how many. */
export async function tellOfLapses(ctx: Context = systemContext(), signal?: AbortSignal): Promise<number> {
  const lapsed = await db()
    .select()
    .from(certifications)
    .where(
      and(
        isNull(certifications.revokedAt),
        isNull(certifications.lapseToldAt),
        lte(certifications.expiresAt, ctx.now().toISOString()),
      ),
    )
    .orderBy(asc(certifications.expiresAt), asc(certifications.id))
    .limit(mostAtOnce)
  let told = 0
  for (const row of lapsed) {
    signal?.throwIfAborted()
    if (await tellLapse(ctx, row)) told += 1
  }
  return told
}

/** Looks for certifications that have lapsed until it is stopped. */
export const startLapses = (): Repeated =>
  repeat(tickMilliseconds, 'lapsed certifications are not told of', (signal) =>
    tellOfLapses(systemContext(), signal),
  )
