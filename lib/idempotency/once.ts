import { db, type Executor } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { claim } from './claim'
import type { IdempotentRequest } from './scope'

/** An answer as it is kept: what a retry gets instead of a second act. */
export interface KeptAnswer {
  status: number
  headers: Record<string, string>
  body: string | null
}

/** Keeps an answer in the transaction of its act. `commitId`: the commit whose revert ends it. */
export type Keep<Answer> = (tx: Executor, answer: Answer, commitId?: string) => Promise<void>

/**
 * Does an act once per Idempotency-Key. An act of one transaction keeps its answer in it; any other's is kept after it:
 * a crash between the two leaves the act done, and a retry does what it would do without a key.
 */
export async function once(
  ctx: Context,
  request: IdempotentRequest,
  bodyHash: () => Promise<string>,
  act: (keep: Keep<KeptAnswer>) => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  const held = await claim(ctx, request)
  try {
    // Written by `complete` below.
    if (held.answered) return held.replay(await bodyHash()) as KeptAnswer
    return await actAndKeep()
  } finally {
    await held.release()
  }

  async function actAndKeep(): Promise<KeptAnswer> {
    let isKept = false
    const keep: Keep<KeptAnswer> = async (tx, answer, commitId) => {
      await held.complete(tx, await bodyHash(), answer, answer.status, commitId)
      isKept = true
    }
    try {
      const answer = await act(keep)
      if (!isKept) await keep(db(), answer)
      return answer
    } catch (error) {
      await held.keepRefusal(bodyHash, error)
      throw error
    }
  }
}
