import { and, eq, or, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { reviewThreads } from '@/db/schema'

const ofName = /^features\.([^.]+)\.name$/

/** A feature that has another name takes its threads with it. */
export async function renameAnchors(
  tx: Transaction,
  reviewId: string,
  field: string,
  value: unknown,
): Promise<void> {
  const [, old] = ofName.exec(field) ?? []
  if (old === undefined || typeof value !== 'string') return
  const [from, to] = [`features.${old}`, `features.${value}`]
  await tx
    .update(reviewThreads)
    .set({ field: sql`${to}::text || substr(${reviewThreads.field}, ${from.length + 1}::int)` })
    .where(
      and(
        eq(reviewThreads.reviewId, reviewId),
        or(eq(reviewThreads.field, from), sql`starts_with(${reviewThreads.field}, ${`${from}.`})`),
      ),
    )
}
