import { sql } from 'drizzle-orm'
import { rawClient, type Transaction } from '@/db/client'
import { commitFiles, commits, unfiledCommits, versionEnvironments } from '@/db/schema'
import { record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { formatTimestamp } from '@/lib/core/feature-type'
import type { WrittenFile } from '@/lib/offline'
import { onlineWatermark } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import type { Commit, CommitOptions } from './commit-options'
import { actorOf, ownPlace } from './group-lock'
import type { IngestAnswer } from './operations'
import { keepQuarantined } from './quarantine-store'
import { toFieldError } from './row-fault'
import type { StagedBatch } from './staged-batch'
import { historyPath } from './staging'

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

export const answerOf = (
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

/** What one batch did, as its audit row tells it. */
export async function recordCommit(
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

const commitValues = (
  ctx: Context,
  { version, kind }: CommitOptions,
  { id, created, parts, unfiled, rows, onlineState, superseded, replacing }: Commit,
  quarantined: number,
): typeof commits.$inferInsert => {
  const files = [...parts.map(({ file }) => file), ...(unfiled ? [unfiled] : [])]
  return {
    id,
    versionId: version.versionId,
    environment: version.environment,
    kind,
    created,
    rows,
    tombstones: files.reduce((sum, { tombstones }) => sum + tombstones, 0),
    quarantined,
    superseded,
    minEventTime: timeText(earliest(files)),
    maxEventTime: timeText(latest(files)),
    onlineState,
    ...actorOf(ctx),
    via: ctx.via,
    replacesAfter: replacing?.after ?? null,
    replacesUntil: replacing?.until ?? null,
  }
}

async function insertRows(tx: Transaction, version: ServingVersion, commit: Commit): Promise<void> {
  const { id, created, parts, unfiled } = commit
  if (parts.length > 0)
    await tx.insert(commitFiles).values(
      parts.map(({ file, to }) => ({
        commitId: id,
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
      commitId: id,
      versionId: version.versionId,
      environment: version.environment,
      created,
      path: historyPath(version.environment, version.groupName, version.major, id),
      rows: unfiled.rows,
      schema: unfiled.schema,
      lines: unfiled.lines,
    })
}

const countOnPlace = (
  tx: Transaction,
  { version }: CommitOptions,
  { created, rows }: Commit,
  latest: string | null,
) =>
  tx
    .update(versionEnvironments)
    .set({
      lastCreated: created,
      rowCount: sql`${versionEnvironments.rowCount} + ${rows}`,
      newestEventTime: sql`greatest(${versionEnvironments.newestEventTime}, ${latest}::timestamptz)`,
    })
    .where(ownPlace(version))

/** The commit with its files or rows, and its audit row. Returns the answer, with the watermark afterwards. */
export async function insertCommit(
  tx: Transaction,
  ctx: Context,
  options: CommitOptions,
  commit: Commit,
  batch: StagedBatch,
): Promise<IngestAnswer> {
  const { version } = options
  const { quarantined } = batch.log
  const values = commitValues(ctx, options, commit, quarantined.length)
  await tx.insert(commits).values(values)
  await keepQuarantined(rawClient(tx), version, commit.id, quarantined, ctx.now())
  const answerWith = (watermark: string | null) =>
    answerOf(batch, commit, { state: commit.onlineState, watermark })
  // None of these needs another's answer: they are on their way together.
  const [watermark] = await Promise.all([
    onlineWatermark(tx, version.versionId, version.environment),
    insertRows(tx, version, commit),
    countOnPlace(tx, options, commit, values.maxEventTime ?? null),
    recordCommit(tx, ctx, options, answerWith(null)),
  ])
  return answerWith(watermark)
}
