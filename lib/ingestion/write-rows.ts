import type { Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import type { HashedBody } from '@/lib/core/hashed-body'
import { type Claim, claim, type IdempotentRequest } from '@/lib/idempotency'
import { type CommitKind, type CommitOptions, commitBatch } from './commit'
import { type IngestMode, refusal } from './faults'
import type { IngestAnswer } from './operations'
import { finishOnlineSoon } from './outbox'
import { type StageOptions, stageOptions } from './stage-options'
import type { StagedBatch } from './staged-batch'
import type { WriteTarget } from './write-target'

export interface WriteRowsRequest {
  target: WriteTarget
  kind: CommitKind
  mode: IngestMode
  to: 'both' | 'offline'
  stage: (options: StageOptions) => Promise<StagedBatch>
  /** See CommitOptions. */
  replaces?: CommitOptions['replaces']
  /** More of the same act, in its transaction. */
  also?: (tx: Transaction, answer: IngestAnswer) => Promise<void>
}

/** Stages and commits one batch. Throws the refusal with its counts when the batch is not valid. */
export async function writeRows(ctx: Context, request: WriteRowsRequest): Promise<IngestAnswer> {
  const batch = await request.stage(stageOptions(ctx, request.target.version, request.mode))
  if (batch.log.wholeFaults > 0 || (request.mode === 'strict' && batch.log.badRows > 0))
    throw refusal(batch.log)
  const { target, kind, to, also, replaces } = request
  const answer = await commitBatch(ctx, { ...target, kind, to, also, replaces }, batch)
  if (answer.online.state === 'pending') finishOnlineSoon()
  return answer
}

async function writeAndKeep(
  ctx: Context,
  request: WriteRowsRequest,
  body: HashedBody,
  own: Claim,
): Promise<IngestAnswer> {
  return writeRows(ctx, {
    ...request,
    also: async (tx, answer) =>
      own.complete(tx, await body.digest(), answer, 200, answer.commit ?? undefined),
  })
}

/** `writeRows`, once for each idempotency key: a repeated request gets the first one's answer or refusal. */
export async function writeRowsOnce(
  ctx: Context,
  request: WriteRowsRequest,
  body: HashedBody,
  idempotency: IdempotentRequest | null,
): Promise<IngestAnswer> {
  if (!idempotency) return writeRows(ctx, request)
  const own = await claim(ctx, idempotency)
  try {
    // Kept by writeAndKeep when the request came first.
    if (own.answered) return own.replay(await body.digest()) as IngestAnswer
    return await writeAndKeep(ctx, request, body, own)
  } catch (error) {
    if (!own.answered) await own.keepRefusal(body.digest, error)
    throw error
  } finally {
    await own.release()
  }
}
