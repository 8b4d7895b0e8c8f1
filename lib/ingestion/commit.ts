import { sql } from 'drizzle-orm'
import { rawClient, type Transaction, withTransaction } from '@/db/client'
import { commitFiles, commits, unfiledCommits, versionEnvironments } from '@/db/schema'
import { record } from '@/lib/audit'
import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { formatTimestamp } from '@/lib/core/feature-type'
import { newId } from '@/lib/core/ids'
import { noteUnfiled, type WrittenFile } from '@/lib/offline'
import { applyOnlineRows, onlineWatermark } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import { queueDueRows } from './due-rows'
import { announceCommit } from './events'
import { actorOf, lockGroup, ownPlace } from './group-lock'
import { inTurn } from './group-queue'
import type { IngestAnswer } from './operations'
import { keepQuarantined } from './quarantine-store'
import { findReplaced, type Replacing } from './replace/find-replaced'
import { replaceOnline } from './replace/replace-online'
import { type EventTimes, type ReplacedRows, replacedRows } from './revert/replaced-rows'
import { toFieldError } from './row-fault'
import type { StagedBatch } from './staged-batch'
import { announce, historyPath, type Move, removeFile } from './staging'

export type CommitKind = (typeof commits.$inferInsert)['kind']

export interface CommitOptions {
  version: ServingVersion
  kind: CommitKind
  to: 'both' | 'offline'
  /** What allowed the write; its audit row names it. */
  decision: Decision
  /** Rows of these event times from earlier runs give way to those of the batch. */
  replaces?: EventTimes
  /** More of the same act, in its transaction: the idempotent answer, quarantined rows that were replayed. */
  also?: (tx: Transaction, answer: IngestAnswer) => Promise<void>
}

interface Part extends Move {
  file: WrittenFile
}

const timeText = (micros: bigint | null) => (micros === null ? null : formatTimestamp(micros))

type Times = Pick<WrittenFile, 'minEventTimeMicros' | 'maxEventTimeMicros'>

const earliest = (files: Times[]) =>
  files.reduce<bigint | null>(
    (least, { minEventTimeMicros: at }) => (at !== null && (least === null || at < least) ? at : least),
    null,
  )
const latest = (files: Times[]) =>
  files.reduce<bigint | null>(
    (most, { maxEventTimeMicros: at }) => (at !== null && (most === null || at > most) ? at : most),
    null,
  )

function partsOf(version: ServingVersion, commit: string, batch: StagedBatch): Part[] {
  const written = [...batch.present, ...batch.future]
  return written.map((file, index) => ({
    file,
    from: file.path,
    to: historyPath(version.environment, version.groupName, version.major, commit, index, written.length),
  }))
}

type OnlineState = (typeof commits.$inferInsert)['onlineState']

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

interface Commit {
  id: string
  created: string
  parts: Part[]
  unfiled: StagedBatch['unfiled']
  rows: number
  onlineState: OnlineState
  superseded: number
  replacing: Replacing | null
}

async function insertCommit(
  tx: Transaction,
  ctx: Context,
  options: CommitOptions,
  commit: Commit,
  quarantined: number,
): Promise<void> {
  const { version, kind } = options
  const { unfiled } = commit
  const files = [...commit.parts.map(({ file }) => file), ...(unfiled ? [unfiled] : [])]
  const maxEventTime = timeText(latest(files))
  await tx.insert(commits).values({
    id: commit.id,
    versionId: version.versionId,
    environment: version.environment,
    kind,
    created: commit.created,
    rows: commit.rows,
    tombstones: files.reduce((sum, { tombstones }) => sum + tombstones, 0),
    quarantined,
    superseded: commit.superseded,
    minEventTime: timeText(earliest(files)),
    maxEventTime,
    onlineState: commit.onlineState,
    ...actorOf(ctx),
    via: ctx.via,
    replacesAfter: commit.replacing?.after ?? null,
    replacesUntil: commit.replacing?.until ?? null,
  })
  const written = commit.parts
  if (written.length > 0)
    await tx.insert(commitFiles).values(
      written.map(({ file, to }) => ({
        commitId: commit.id,
        path: to,
        rows: file.rows,
        bytes: file.bytes,
        sha256: file.sha256,
        minEventTime: timeText(file.minEventTimeMicros),
        maxEventTime: timeText(file.maxEventTimeMicros),
      })),
    )
  if (unfiled)
    await tx.insert(unfiledCommits).values({
      commitId: commit.id,
      versionId: version.versionId,
      environment: version.environment,
      created: commit.created,
      path: historyPath(version.environment, version.groupName, version.major, commit.id),
      rows: unfiled.rows,
      schema: unfiled.schema,
      lines: unfiled.lines,
    })
  await tx
    .update(versionEnvironments)
    .set({
      lastCreated: commit.created,
      rowCount: sql`${versionEnvironments.rowCount} + ${commit.rows}`,
      newestEventTime: sql`greatest(${versionEnvironments.newestEventTime}, ${maxEventTime}::timestamptz)`,
    })
    .where(ownPlace(version))
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

/** What one batch did, as its audit row tells it. */
async function recordCommit(
  tx: Transaction,
  ctx: Context,
  { version, decision, kind }: CommitOptions,
  answer: IngestAnswer,
): Promise<void> {
  const { commit, accepted, quarantined } = answer
  await record(tx, ctx, {
    action: 'group:write_offline',
    resource: version.resource,
    decision,
    environment: version.environment,
    after: { version: version.major, kind, commit, accepted, quarantined },
  })
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

const answerOf = (
  batch: StagedBatch,
  commit: Commit | null,
  online: IngestAnswer['online'],
): IngestAnswer => ({
  commit: commit?.id ?? null,
  created: commit?.created ?? null,
  accepted: commit?.rows ?? 0,
  rejected: 0,
  quarantined: batch.log.quarantined.length,
  superseded: online.state === 'pending' ? null : (commit?.superseded ?? 0),
  errors: batch.log.listed.map(toFieldError),
  warnings: batch.warnings ?? [],
  online,
})

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
  await insertCommit(tx, ctx, options, commit, batch.log.quarantined.length)
  await keepQuarantined(rawClient(tx), version, id, batch.log.quarantined, ctx.now())
  const watermark = await onlineWatermark(tx, version.versionId, version.environment)
  const answer = answerOf(batch, commit, { state: commit.onlineState, watermark })
  await recordCommit(tx, ctx, options, answer)
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
