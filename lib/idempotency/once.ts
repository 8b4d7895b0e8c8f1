import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { claim } from './claim'
import type { IdempotentRequest } from './scope'

/** An answer as it is kept: what a retry gets instead of a second act. */
export interface KeptAnswer {
  status: number
  headers: Record<string, string>
  body: string | null
}

/**
 * Does an act once per Idempotency-Key. The answer is kept after the act, not with it: a crash between the two
 * leaves the act done and a retry to find out. Ingestion, where that would matter, keeps its answer in the commit.
 */
export async function once(
  ctx: Context,
  request: IdempotentRequest,
  bodyHash: string,
  act: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  const held = await claim(ctx, request)
  try {
    // Written by `complete` below.
    if (held.answered) return held.replay(bodyHash) as KeptAnswer
    return await actAndKeep()
  } finally {
    await held.release()
  }

  async function actAndKeep(): Promise<KeptAnswer> {
    try {
      const answer = await act()
      await held.complete(db(), bodyHash, answer, answer.status)
      return answer
    } catch (error) {
      await held.keepRefusal(async () => bodyHash, error)
      throw error
    }
  }
}
