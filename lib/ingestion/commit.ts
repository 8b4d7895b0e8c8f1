import { rawClient, type Transaction, withTransaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { noteUnfiled } from '@/lib/offline'
import { applyOnlineRows, onlineWatermark } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import type { CommitOptions, OnlineState, Part } from './commit-options'
import { queueDueRows } from './due-rows'
import { announceCommit } from './events'
import { lockGroup } from './group-lock'
import { inTurn } from './group-queue'
import { answerOf, insertCommit, recordCommit } from './insert-commit'
import type { IngestAnswer } from './operations'
import { keepQuarantined } from './quarantine-store'
import { findReplaced, type Replacing } from './replace/find-replaced'
import { replaceOnline } from './replace/replace-online'
import { type ReplacedRows, replacedRows } from './revert/replaced-rows'
import type { StagedBatch } from './staged-batch'
import { announce, historyPath, removeFile } from './staging'

function partsOf(version: ServingVersion, commit: string, batch: StagedBatch): Part[] {
  const written = [...batch.present, ...batch.future]
  return written.map((file, index) => ({
    file,
    from: file.path,
    to: historyPath(version.environment, version.groupName, version.major, commit, index, written.length),
  }))
}

function onlineStateOf(
  { version, to }: CommitOptions,
  { batch, replacing }: Staged,
  replaced: ReplacedRows | null,
): OnlineState {
  if (!version.online) return 'not_online'
  if (to === 'offline') return 'offline_only'
  const isTooMuch = replacing !== null && (replacing.keys === null || replaced?.isPending === true)
  return batch.newest && !isTooMuch ? 'done' : 'pending'
}

/** A batch that is ready, and what it replaces. */
interface Staged {
  id: string
  batch: StagedBatch
  parts: Part[]
  replacing: Replacing | null
}

/** The online half. Returns how many accepted rows did not become the newest of their key. */
async function applyOnline(
  tx: Transaction,
  ctx: Context,
  options: CommitOptions,
  batch: StagedBatch,
  created: string,
): Promise<number> {
  const { version, to } = options
  if (!version.online || to === 'offline') return 0
  await queueDueRows(tx, version.viewId, created, batch.due, ctx.now())
  if (!batch.newest) return 0
  const applied = await applyOnlineRows(rawClient(tx), version.viewId, created, batch.newest)
  return batch.present.reduce((sum, { rows }) => sum + rows, batch.unfiled?.rows ?? 0) - applied
}

/** A batch without any good row: only its quarantined rows and its audit row are kept. */
async function commitNothing(
  ctx: Context,
  options: CommitOptions,
  batch: StagedBatch,
): Promise<IngestAnswer> {
  const { version } = options
  return withTransaction(async (tx) => {
    await keepQuarantined(rawClient(tx), version, null, batch.log.quarantined, ctx.now())
    const answer = answerOf(batch, null, {
      state: 'done',
      watermark: await onlineWatermark(tx, version.versionId, version.environment),
    })
    await recordCommit(tx, ctx, options, answer)
    await options.also?.(tx, answer)
    return answer
  })
}

/** The transaction's content: everything of a batch but its files. */
async function writeCommit(
  tx: Transaction,
  ctx: Context,
  options: CommitOptions,
  staged: Staged,
): Promise<IngestAnswer> {
  const { version } = options
  const { id, batch, parts, replacing } = staged
  const { created } = await lockGroup(tx, ctx, version)
  const lost = await applyOnline(tx, ctx, options, batch, created)
  const { unfiled } = batch
  const rows = parts.reduce((sum, { file }) => sum + file.rows, unfiled?.rows ?? 0)
  const times = { created, replacesAfter: replacing?.after ?? null, replacesUntil: replacing?.until ?? null }
  const replaced = await replacedRows(tx, version, times)
  const onlineState = onlineStateOf(options, staged, replaced)
  const own = { id, created, paths: parts.map(({ from }) => from) }
  const won =
    onlineState === 'done' && replaced
      ? await replaceOnline(tx, ctx, version, own, replaced, replacing?.keys ?? [])
      : 0
  const commit = { id, created, parts, unfiled, rows, onlineState, superseded: lost - won, replacing }
  const answer = await insertCommit(tx, ctx, options, commit, batch)
  await options.also?.(tx, answer)
  return answer
}

/** Looks before the lock is taken; a failure leaves nothing of the batch behind. */
async function replacedBy(
  ctx: Context,
  { version, replaces }: CommitOptions,
  parts: Part[],
): Promise<Replacing | null> {
  if (!replaces) return null
  try {
    return await findReplaced(ctx, version, replaces)
  } catch (error) {
    await Promise.all(parts.map(({ from }) => removeFile(from)))
    throw error
  }
}

const noFiles = { move: async () => {}, done: async () => {} }

/**
 * Makes a staged batch part of the group, whole or not at all: history, online rows, quarantine, audit and the
 * idempotent answer in one transaction under the group's lock. The engine has put the files on the disk before; rows
 * that are few stand in the transaction themselves until they are filed.
 */
export async function commitBatch(
  ctx: Context,
  options: CommitOptions,
  batch: StagedBatch,
): Promise<IngestAnswer> {
  const { versionId, groupName: group, major, environment } = options.version
  const id = newId(ctx.now().getTime())
  const parts = partsOf(options.version, id, batch)
  const replacing = await replacedBy(ctx, options, parts)
  // A window that holds nothing any more is a commit without rows, which takes those of earlier runs away.
  if (parts.length === 0 && !batch.unfiled && (replacing === null || replacing.keys?.length === 0))
    return commitNothing(ctx, options, batch)
  const files = parts.length > 0 ? await announce(id, parts) : noFiles
  let moved = false
  const work = async (tx: Transaction) => {
    const made = await writeCommit(tx, ctx, options, { id, batch, parts, replacing })
    // Last, since a failure after it leaves files that only the next sweep removes.
    moved = true
    await files.move()
    return made
  }
  let answer: IngestAnswer
  try {
    answer = await inTurn(`${versionId} ${environment}`, () => withTransaction(work))
  } catch (error) {
    // What was moved waits with its intent for the sweep: the COMMIT may have happened after all.
    await Promise.all(parts.map(({ from }) => removeFile(from)))
    if (!moved) await files.done()
    throw error
  }
  await files.done()
  if (batch.unfiled) noteUnfiled(id)
  const created = answer.created ?? ''
  announceCommit({ commit: id, versionId, group, major, environment, created, rows: answer.accepted })
  return answer
}
