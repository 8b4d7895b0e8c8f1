import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { withTransaction } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { isLosslessNumber } from '@/lib/core/json'
import { parseInput } from '@/lib/core/parse-input'
import { deprecationHeaders } from '@/lib/registry'
import { countReads } from '@/lib/usage'
import { contentTypeOfFormat } from './answer-format'
import { historyOf } from './history-of'
import { knownAtMicros } from './known-at'
import { recordRead } from './may-read'
import { offlineStore } from './offline-store'
import {
  type HistoricalPlan,
  type HistoricalSelection,
  historicalSelection,
  planHistorical,
} from './plan-historical'
import type { Answer, AnswerFormat, Column, FileFormat, JoinRequest, Spine } from './port'

/** The spine of a JSON request. */
const inlineSpine = z.strictObject({
  rows: z.array(z.custom<Record<string, unknown>>(isRow, 'must be an object')).max(1_000_000),
})

/** zod's own record drops a column named `__proto__`. */
function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}

const inlineInput = z.strictObject({ ...historicalSelection, spine: inlineSpine })
const fileInput = z.strictObject(historicalSelection)

/** A spine that arrived as a file; it is removed when the answer is read. */
export interface SpineUpload {
  path: string
  format: FileFormat
}

export interface HistoricalInput {
  /** The parsed JSON of the request; without `spine` when that is a file. */
  request: unknown
  upload: SpineUpload | null
  format: AnswerFormat
  int64AsString?: boolean
}

/** An answer that streams. */
export interface StreamedAnswer {
  columns: Column[]
  stream: Readable
  contentType: string
  /** Deprecation of what was read, if any. */
  headers: Record<string, string>
}

function openSpine(
  input: HistoricalSelection,
  keys: Column[],
  rows: Record<string, unknown>[] | null,
  upload: SpineUpload | null,
  signal: AbortSignal,
): Promise<Spine> {
  const shape = { timestampColumn: input.timestamp_column, keys }
  if (upload) return offlineStore().openSpine({ ...shape, path: upload.path, format: upload.format }, signal)
  return offlineStore().stageSpine({ ...shape, rows: rows ?? [] })
}

async function joinRequest(
  ctx: Context,
  plan: HistoricalPlan,
  input: HistoricalSelection,
  spine: Spine,
): Promise<JoinRequest> {
  const isEvent = input.known_at === 'event'
  const knownAt = isEvent ? 'event' : knownAtMicros(ctx, input.known_at)
  const groups: JoinRequest['groups'] = []
  for (const { read, keys } of plan.groups) {
    const { ttlSeconds, sourceDelaySeconds } = read.version
    groups.push({
      history: await historyOf(read.version, knownAt !== null),
      keys,
      ttlSeconds,
      sourceDelaySeconds,
    })
  }
  return { spine, groups, outputs: plan.outputs, knownAt }
}

/** The audit rows of a read, one a group, and its count; before the first byte leaves. */
async function recordAll(ctx: Context, plan: HistoricalPlan, rows: number): Promise<void> {
  await withTransaction(async (tx) => {
    for (const { read } of plan.groups)
      await recordRead(tx, ctx, read, { rows, service: plan.service?.name ?? null })
  })
  const targets = plan.groups.flatMap(({ read }) =>
    read.features.map(({ name }) => ({
      groupName: read.version.groupName,
      version: read.version.major,
      feature: name,
      environment: ctx.environment,
    })),
  )
  countReads(ctx.actor, 'offline', targets, rows, ctx.now().getTime())
}

async function opened(
  ctx: Context,
  answer: Answer,
  input: HistoricalInput,
  admit: () => Promise<void>,
): Promise<Readable> {
  const stream = await answer.open(input.format, {
    signal: ctx.signal,
    int64AsString: input.int64AsString ?? false,
  })
  try {
    await admit()
  } catch (error) {
    stream.destroy()
    throw error
  }
  return stream
}

/**
 * Joins features to a spine of keys and times as they were then: one answer row per spine row, in its order. Names,
 * rights and types are checked before anything is read; each group read is an audit row. Errors: forbidden,
 * not_found naming what is unknown, gone, conflict, invalid (naming row and column of the spine), unavailable.
 */
export async function getHistoricalFeatures(asker: Context, input: HistoricalInput): Promise<StreamedAnswer> {
  let spine: Spine | null = null
  const leave = async () => {
    await spine?.dispose()
    if (input.upload) await rm(input.upload.path, { force: true })
  }
  try {
    await authorizeAtAll(asker, 'group:read_offline')
    const { rows, selection } = parsed(input)
    const { environment = asker.environment, purpose = asker.purpose } = selection
    const ctx = { ...asker, environment, purpose }
    const plan = await planHistorical(ctx, selection)
    spine = await openSpine(selection, plan.spineKeys, rows, input.upload, ctx.signal)
    const spineRows = spine.rows
    const answer = offlineStore().join(await joinRequest(ctx, plan, selection, spine))
    const stream = await opened(ctx, answer, input, () => recordAll(ctx, plan, spineRows))
    stream.once('close', () => void leave())
    const headers = deprecationHeaders(
      ctx,
      plan.groups.map(({ read }) => read.version),
    )
    return { columns: answer.columns, stream, contentType: contentTypeOfFormat[input.format], headers }
  } catch (error) {
    await leave()
    throw error
  }
}

function parsed({ request, upload }: HistoricalInput): {
  rows: Record<string, unknown>[] | null
  selection: HistoricalSelection
} {
  if (upload) return { rows: null, selection: parseInput(fileInput, request) }
  const { spine, ...selection } = parseInput(inlineInput, request)
  return { rows: spine.rows, selection }
}
