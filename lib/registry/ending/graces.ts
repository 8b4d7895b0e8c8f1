import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { deprecationGraces as graces } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { instantMilliseconds, isoInstant } from '../instants'
import type { Grace } from '../types'

type GraceRow = typeof graces.$inferSelect

/** Those that nobody withdrew; whether one has ended is judged at each read. */
export async function gracesInForce(executor: Executor, versionId: string): Promise<Grace[]> {
  const rows = await executor
    .select()
    .from(graces)
    .where(and(eq(graces.versionId, versionId), isNull(graces.withdrawnAt)))
  return rows.map(({ consumerKind, consumerId, until }) => ({
    consumer: { kind: consumerKind, id: consumerId },
    until: isoInstant(until),
  }))
}

/** All there ever were of a version, oldest first. */
export const allGraces = (executor: Executor, versionId: string): Promise<GraceRow[]> =>
  executor
    .select()
    .from(graces)
    .where(eq(graces.versionId, versionId))
    .orderBy(asc(graces.createdAt), asc(graces.id))

/** Neither withdrawn nor over. */
export const isInForce = (ctx: Context, { until, withdrawnAt }: GraceRow): boolean =>
  withdrawnAt === null && instantMilliseconds(until) > ctx.now().getTime()

/** Ends what is left of a version's graces, in the act that makes them pointless. */
export async function endGraces(
  tx: Executor,
  ctx: Context,
  versionId: string,
  withdrawReason: string,
): Promise<void> {
  await tx
    .update(graces)
    .set({ withdrawnAt: ctx.now().toISOString(), withdrawnBy: ctx.actor.id, withdrawReason })
    .where(and(eq(graces.versionId, versionId), isNull(graces.withdrawnAt)))
}
