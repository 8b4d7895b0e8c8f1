import { setTimeout as wait } from 'node:timers/promises'
import { and, eq, gt, lte, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { idempotencyKeys } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { DomainError, type ErrorDetails } from '@/lib/core/errors'
import { parseJson, stringifyJson } from '@/lib/core/json'
import { letGo, tryHold } from './liveness'
import { type IdempotentRequest, scopeOf } from './scope'

const longestWaitMilliseconds = 30_000
const pollMilliseconds = 100
const keptDays = 7

interface StoredAnswer {
  bodyHash: string
  status: number
  body: string
}

/** The exclusive right to answer one idempotent request. Held while its process lives; `release` it in any case. */
export interface Claim {
  /** Whether an answer is kept already: then only the body's hash is needed, see `replay`. */
  answered: boolean
  /** The kept answer, parsed. Throws its refusal when it was one, and `conflict` when the body is another. */
  replay: (bodyHash: string) => unknown
  /** Keeps a 2xx answer, in the transaction of the act itself. */
  complete: (
    tx: Executor,
    bodyHash: string,
    resource: unknown,
    status?: number,
    commitId?: string,
  ) => Promise<void>
  /** Keeps a 422; other failures are not kept, so that the request can be tried again. */
  keepRefusal: (bodyHash: () => Promise<string>, error: unknown) => Promise<void>
  release: () => Promise<void>
}

const differs = () =>
  new DomainError(
    'conflict',
    'This Idempotency-Key was used before with another body. Use a new key for a new request.',
  )

async function hold(scope: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + longestWaitMilliseconds
  for (;;) {
    const attempt = await tryHold(scope)
    if (attempt.held) return
    const left = deadline - Date.now()
    if (left <= 0 || signal.aborted) {
      throw new DomainError(
        'in_progress',
        'The first request with this Idempotency-Key is still in progress.',
        {
          retryAfterSeconds: 5,
        },
      )
    }
    if (attempt.ended) await Promise.race([attempt.ended, wait(left, undefined, { ref: false })])
    else await wait(Math.min(pollMilliseconds, left))
  }
}

async function storedAnswer(scope: string, now: Date): Promise<StoredAnswer | null> {
  const [row] = await db()
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.scope, scope), gt(idempotencyKeys.expiresAt, now.toISOString())))
  return row?.state === 'done'
    ? { bodyHash: row.bodyHash, status: row.status ?? 200, body: row.body ?? 'null' }
    : null
}

function replayed(stored: StoredAnswer | null, bodyHash: string): unknown {
  if (!stored) return undefined
  if (stored.bodyHash !== bodyHash) throw differs()
  if (stored.status !== 422) return parseJson(stored.body)
  // Written by keepRefusal below: a refusal's message and details.
  const refusal = parseJson(stored.body) as { message: string; details: ErrorDetails }
  throw new DomainError('invalid', refusal.message, refusal.details)
}

async function keep(
  tx: Executor,
  scope: string,
  now: Date,
  answer: StoredAnswer & { commitId?: string },
): Promise<void> {
  const expiresAt = new Date(now.getTime() + keptDays * 86_400_000).toISOString()
  const values = { ...answer, commitId: answer.commitId ?? null, state: 'done' as const, expiresAt }
  const kept = await tx
    .insert(idempotencyKeys)
    .values({ scope, ...values, createdAt: now.toISOString() })
    // An expired answer gives way. A living one means that the claim was lost and another request won.
    .onConflictDoUpdate({
      target: idempotencyKeys.scope,
      set: { ...values, createdAt: now.toISOString() },
      setWhere: sql`${idempotencyKeys.expiresAt} <= ${now.toISOString()}::timestamptz`,
    })
    .returning({ scope: idempotencyKeys.scope })
  if (kept.length === 0) {
    throw new DomainError(
      'in_progress',
      'Another request with this Idempotency-Key was answered meanwhile. Try again.',
    )
  }
}

/**
 * Claims an Idempotency-Key. While another request holds it, waits up to 30 s for that one's answer, then throws
 * `in_progress`. A claim whose process died is free at once. Answers are kept for 7 days.
 */
export async function claim(ctx: Context, request: IdempotentRequest): Promise<Claim> {
  const scope = scopeOf(ctx, request)
  await hold(scope, ctx.signal)
  try {
    const stored = await storedAnswer(scope, ctx.now())
    return {
      answered: stored !== null,
      replay: (bodyHash) => replayed(stored, bodyHash),
      complete: (tx, bodyHash, resource, status = 200, commitId) =>
        keep(tx, scope, ctx.now(), { bodyHash, status, body: stringifyJson(resource), commitId }),
      keepRefusal: async (bodyHash, error) => {
        if (!(error instanceof DomainError) || error.code !== 'invalid') return
        const body = stringifyJson({ message: error.message, details: error.details })
        await keep(db(), scope, ctx.now(), { bodyHash: await bodyHash(), status: 422, body })
      },
      release: () => letGo(scope),
    }
  } catch (error) {
    await letGo(scope)
    throw error
  }
}

/** Deletes answers past their seven days; returns how many. */
export async function deleteExpiredAnswers(now: Date): Promise<number> {
  const gone = await db()
    .delete(idempotencyKeys)
    .where(lte(idempotencyKeys.expiresAt, now.toISOString()))
    .returning({ scope: idempotencyKeys.scope })
  return gone.length
}

/** Forgets the answer that told of a commit, in the transaction that reverts it: the same request is a new one then. */
export async function endAnswersOf(tx: Executor, commitId: string): Promise<void> {
  await tx.delete(idempotencyKeys).where(eq(idempotencyKeys.commitId, commitId))
}
