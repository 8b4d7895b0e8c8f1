import type { Transaction } from '@/db/client'
import { contractInForce } from '@/lib/contracts'
import type { Context } from '@/lib/core/context'
import type { HashedBody } from '@/lib/core/hashed-body'
import { type Claim, claim, type IdempotentRequest } from '@/lib/idempotency'
import { commitBatch } from './commit'
import type { CommitKind, CommitOptions } from './commit-options'
import { checkBatch } from './door/check-batch'
import { doorOf } from './door/door'
import { keepOfBatch, keepOfRefusal } from './door/keep-breaches'
import { type IngestMode, refusal } from './faults'
import type { IngestAnswer } from './operations'
import { finishOnlineSoon } from './outbox'
import { type StageOptions, stageOptions } from './stage-options'
import type { StagedBatch } from './staged-batch'
import { removeFile } from './staging'
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

const isRefused = ({ log }: StagedBatch, mode: IngestMode) =>
  log.wholeFaults > 0 || (mode === 'strict' && log.badRows > 0)

async function discard({ present, future }: StagedBatch): Promise<void> {
  for (const { path } of [...present, ...future]) await removeFile(path)
}

/** What the contract says of a staged batch joins it. Its files are gone when it is refused, or when asking fails. */
async function checked(options: StageOptions, batch: StagedBatch, mode: IngestMode): Promise<StagedBatch> {
  try {
    const { refused, warnings } = await checkBatch(options, batch)
    batch.log.addWhole(refused)
    if (isRefused(batch, mode)) await discard(batch)
    return { ...batch, warnings: warnings.map(({ severity: _, ...warning }) => warning) }
  } catch (error) {
    await discard(batch)
    throw error
  }
}

/** Stages and commits one batch. Throws the refusal with its counts when the batch is not valid. */
export async function writeRows(ctx: Context, request: WriteRowsRequest): Promise<IngestAnswer> {
  const { target, kind, mode, to, also, replaces } = request
  const { version } = target
  const door = doorOf(version, await contractInForce(version, ctx.now()))
  const options = stageOptions(ctx, version, mode, door)
  const batch = await checked(options, await request.stage(options), mode)
  if (isRefused(batch, mode)) {
    await keepOfRefusal(ctx.now(), version, options.plan, batch.log)
    throw refusal(batch.log)
  }
  const keep = async (tx: Transaction, answer: IngestAnswer) => {
    await keepOfBatch(tx, ctx.now(), version, options.plan, batch.log, answer)
    await also?.(tx, answer)
  }
  const answer = await commitBatch(ctx, { ...target, kind, to, also: keep, replaces }, batch)
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
