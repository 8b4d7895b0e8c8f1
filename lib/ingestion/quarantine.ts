import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { db, type Executor, type Transaction } from '@/db/client'
import { commits, quarantinedRows } from '@/db/schema'
import { authorize } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseJson } from '@/lib/core/json'
import { parseInput } from '@/lib/core/parse-input'
import { isoOfDatabaseTime } from '@/lib/online'
import { resolveVersion, type ServingVersion } from '@/lib/registry'
import {
  type IngestAnswer,
  type PageQuery,
  type QuarantinedRowResource,
  quarantinedRowResource,
  replayInput,
} from './operations'
import { decodeCursor, encodeCursor, type Page } from './page'
import { changedRule, keepReplayed } from './quarantine-store'
import { type RawRow, rawRowOfObject } from './raw-row'
import type { RowPlan } from './row-plan'
import { stageRows } from './stage-rows'
import { writeRows } from './write-rows'
import { mayWriteAtAll, writeTarget } from './write-target'

/** jsonb leaves the database as text: its numbers may have more digits than a double. */
const columns = {
  id: quarantinedRows.id,
  commit: quarantinedRows.commitId,
  rowNumber: quarantinedRows.rowNumber,
  row: sql<string>`${quarantinedRows.row}::text`,
  errors: sql<string>`${quarantinedRows.errors}::text`,
  state: quarantinedRows.state,
  replayedRow: sql<string | null>`${quarantinedRows.replayedRow}::text`,
  discarded: quarantinedRows.discarded,
  createdAt: quarantinedRows.createdAt,
}

const ownRows = (version: ServingVersion) =>
  and(eq(quarantinedRows.versionId, version.versionId), eq(quarantinedRows.environment, version.environment))

const kept = quarantinedRowResource.pick({ row: true, errors: true })
const rowText = kept.shape.row

/** The rows of a version that were kept out, oldest first. Errors: not_found, forbidden. */
export async function listQuarantine(
  ctx: Context,
  input: { group: string; state: QuarantinedRowResource['state'] } & PageQuery,
): Promise<Page<QuarantinedRowResource>> {
  const version = await resolveVersion(ctx, { group: input.group, version: input.version })
  await authorize(ctx, 'group:write_offline', version.resource)
  const own = and(ownRows(version), eq(quarantinedRows.state, input.state))
  const after = decodeCursor(input.cursor, /^[0-9a-f]{32}$/)
  const rows = await db()
    .select({ ...columns, replay: { id: commits.id, created: commits.created, by: commits.actorName } })
    .from(quarantinedRows)
    .leftJoin(commits, and(eq(commits.id, quarantinedRows.replayedBy), eq(quarantinedRows.state, 'replayed')))
    .where(and(own, after ? gt(quarantinedRows.id, after) : undefined))
    .orderBy(asc(quarantinedRows.id))
    .limit(input.limit + 1)
  const data = rows
    .slice(0, input.limit)
    .map(({ row, errors, rowNumber, createdAt, replay, replayedRow, ...rest }) => ({
      ...rest,
      ...kept.parse({ row: parseJson(row), errors: parseJson(errors) }),
      row_number: rowNumber,
      replayed: replay && {
        commit: replay.id,
        created: isoOfDatabaseTime(replay.created),
        by: replay.by,
        row: replayedRow === null ? null : rowText.parse(parseJson(replayedRow)),
      },
      created_at: isoOfDatabaseTime(createdAt),
    }))
  const last = data.at(-1)
  const next = rows.length > input.limit && last ? encodeCursor(last.id) : null
  return { data, meta: { next_cursor: next, total: await db().$count(quarantinedRows, own) } }
}

interface HeldRow {
  row: Record<string, unknown>
  /** It holds U+FFFD where something stood that PostgreSQL does not keep. */
  isChanged: boolean
}

async function heldRows(
  executor: Executor,
  version: ServingVersion,
  ids: string[],
): Promise<Map<string, HeldRow>> {
  const rows = await executor
    .select({ id: columns.id, row: columns.row, errors: columns.errors })
    .from(quarantinedRows)
    .where(and(ownRows(version), eq(quarantinedRows.state, 'held'), inArray(quarantinedRows.id, ids)))
  return new Map(
    rows.map(({ id, row, errors }) => {
      const held = kept.parse({ row: parseJson(row), errors: parseJson(errors) })
      return [id, { row: held.row, isChanged: held.errors.some(({ code }) => code === changedRule) }]
    }),
  )
}

/** What is not kept as it arrived must not come in as if it had arrived so. */
function requireCorrected(rows: { id: string; row?: unknown }[], held: Map<string, HeldRow>): void {
  const errors = rows.flatMap(({ id, row }, index) =>
    row === undefined && held.get(id)?.isChanged
      ? [{ pointer: `/rows/${index}/row`, reason: 'must bring the corrected row', code: changedRule }]
      : [],
  )
  if (errors.length > 0)
    throw new DomainError('invalid', 'A row that is not kept as it arrived is replayed only corrected.', {
      errors,
    })
}

/** Under the commit's transaction: two replays of one row cannot both succeed. */
async function markReplayed(
  tx: Transaction,
  version: ServingVersion,
  rows: { id: string; row?: Record<string, unknown> | undefined }[],
  commit: string | null,
): Promise<void> {
  const ids = rows.map(({ id }) => id)
  const marked = await tx
    .update(quarantinedRows)
    .set({ state: 'replayed', replayedBy: commit, replayedRow: null })
    .where(and(ownRows(version), eq(quarantinedRows.state, 'held'), inArray(quarantinedRows.id, ids)))
    .returning({ id: quarantinedRows.id })
  if (marked.length < ids.length)
    throw new DomainError('conflict', 'Some of these rows have just been replayed by another request.')
  await keepReplayed(
    tx,
    rows.flatMap(({ id, row }) => (row ? [{ id, row }] : [])),
  )
}

async function* rawRows(plan: RowPlan, rows: unknown[]): AsyncGenerator<RawRow[]> {
  yield rows.map((row, index) => rawRowOfObject(plan, 'refuse', row, index + 1))
}

/**
 * Sends rows from quarantine again, corrected or as they were, as one commit: all or nothing. Rows in errors count
 * from 1 in the order of `rows`. `keep` is called in the commit's transaction. Errors: as ingestRows; conflict when a
 * row is not held any more.
 */
export async function replayQuarantine(
  ctx: Context,
  reference: { group: string; version?: number; to: 'both' | 'offline' },
  body: unknown,
  keep: (tx: Transaction, answer: IngestAnswer) => Promise<void> = async () => {},
): Promise<IngestAnswer> {
  await mayWriteAtAll(ctx, reference.to)
  const input = parseInput(replayInput, body)
  const target = await writeTarget(ctx, reference, reference.to)
  const ids = [...new Set(input.rows.map(({ id }) => id))]
  const held = await heldRows(db(), target.version, ids)
  const gone = input.rows.findIndex(({ id }) => !held.has(id))
  if (gone !== -1 || ids.length < input.rows.length) {
    const errors =
      gone === -1
        ? []
        : [{ pointer: `/rows/${gone}/id`, reason: 'is not held in quarantine here', code: 'not_held' }]
    throw new DomainError(
      'conflict',
      'Each row must be held in the quarantine of this version, and be named once.',
      { errors },
    )
  }
  requireCorrected(input.rows, held)
  const rows = input.rows.map(({ id, row }) => row ?? held.get(id)?.row)
  return writeRows(ctx, {
    target,
    kind: 'replay',
    mode: 'strict',
    to: reference.to,
    stage: (options) => stageRows(options, rawRows(options.plan, rows)),
    also: async (tx, answer) => {
      await markReplayed(tx, target.version, input.rows, answer.commit)
      await keep(tx, answer)
    },
  })
}
