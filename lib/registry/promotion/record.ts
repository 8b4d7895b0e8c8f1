import { and, desc, eq, or } from 'drizzle-orm'
import { db, type Executor, type Transaction } from '@/db/client'
import { promotions } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import type { VersionRow } from '../definition'

export type PromotionRow = typeof promotions.$inferSelect

/** How an environment came to serve a version. */
export interface Promotion {
  kind: PromotionRow['kind']
  reason?: string | undefined
  /** Checks that did not pass and were accepted knowingly. */
  accepted?: string[]
}

/** Remembers what an environment came to serve and what stood there before: where a rollback leads. */
export async function recordPromotion(
  tx: Transaction,
  ctx: Context,
  { version, environment, before }: { version: VersionRow; environment: string; before: VersionRow | null },
  { kind, reason, accepted = [] }: Promotion,
): Promise<void> {
  await tx.insert(promotions).values({
    id: newId(),
    groupId: version.groupId,
    environment,
    versionId: version.id,
    major: version.major,
    revision: version.revision,
    kind,
    previousVersionId: before?.id ?? null,
    previousMajor: before?.major ?? null,
    by: ctx.actor.id,
    reason: reason ?? null,
    accepted,
    at: ctx.now().toISOString(),
  })
}

/** Newest first. */
export const promotionsOf = (groupId: string, executor: Executor = db()): Promise<PromotionRow[]> =>
  executor
    .select()
    .from(promotions)
    .where(eq(promotions.groupId, groupId))
    .orderBy(desc(promotions.at), desc(promotions.id))

/**
 * How a version fares in an environment: it is served there, or gave way to the next one; a rollback took it out; or
 * it never was served.
 */
export async function stayIn(
  executor: Executor,
  { id }: Pick<VersionRow, 'id'>,
  environment: string,
): Promise<'served' | 'rolled_back' | 'never'> {
  const [last] = await executor
    .select()
    .from(promotions)
    .where(
      and(
        or(eq(promotions.versionId, id), eq(promotions.previousVersionId, id)),
        eq(promotions.environment, environment),
      ),
    )
    .orderBy(desc(promotions.at), desc(promotions.id))
    .limit(1)
  if (!last) return 'never'
  return last.kind === 'rolled_back' && last.versionId !== id ? 'rolled_back' : 'served'
}

interface Step {
  versionId: string
  major: number
}

/** What an environment would come back to, the present version last: a promotion adds one, a rollback takes it away. */
function stepsOf(history: PromotionRow[], environment: string): Step[] {
  const steps: Step[] = []
  const stand = (versionId: string | null, major: number | null) => {
    if (versionId === null || major === null || steps.at(-1)?.versionId === versionId) return
    steps.push({ versionId, major })
  }
  for (const one of history.filter((event) => event.environment === environment).reverse()) {
    // What stood there without an event of its own stands before it.
    stand(one.previousVersionId, one.previousMajor)
    if (one.kind === 'rolled_back') steps.pop()
    stand(one.versionId, one.major)
  }
  return steps
}

/**
 * Where a rollback of what an environment serves leads: what its last promotion took the place of, so that two
 * rollbacks in a row go two steps back. `history`: newest first. Null when nothing stood there before.
 */
export function rollbackTarget(
  history: PromotionRow[],
  serving: { id: string },
  environment: string,
): { versionId: string; major: number } | null {
  const steps = stepsOf(history, environment)
  return steps[steps.findLastIndex(({ versionId }) => versionId === serving.id) - 1] ?? null
}
