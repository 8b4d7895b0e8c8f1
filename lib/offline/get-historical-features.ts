import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { withTransaction } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { isLosslessNumber } from '@/lib/core/json'
import { parseInput } from '@/lib/core/parse-input'
import { isStorableText, unstorableReason } from '@/lib/core/text'
import { deprecationHeaders } from '@/lib/registry'
import { countReads, serviceTarget } from '@/lib/usage'
import { contentTypeOfFormat } from './answer-format'
import { historyOf } from './history-of'
import { knownAtMicros, refuseFuture } from './known-at'
import { recordRead, targetsOf } from './may-read'
import { offlineStore } from './offline-store'
import {
  type HistoricalPlan,
  type HistoricalSelection,
  historicalSelection,
  planHistorical,
} from './plan-historical'
import type { Answer, AnswerFormat, Column, FileFormat, JoinRequest, Spine } from './port'

const storableText = z.string().max(200).refine(isStorableText, unstorableReason)

/** The spine of a JSON request: its rows, a file sent ahead, or a version of a training dataset (`name@2`). */
const namedSpine = z
  .strictObject({
    rows: z.array(z.custom<Record<string, unknown>>(isRow, 'must be an object')).max(1_000_000).optional(),
    upload: storableText.optional(),
    dataset: storableText.optional(),
  })
  .refine((spine) => Object.values(spine).filter((one) => one !== undefined).length === 1, {
    message: 'names one of rows, upload and dataset',
  })

/** zod's own record drops a column named `__proto__`. */
function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}

const namedInput = z.strictObject({ ...historicalSelection, spine: namedSpine })
const fileInput = z.strictObject(historicalSelection)

/** A spine that is a file. */
export interface SpineUpload {
  path: string
  format: FileFormat
}

/** A spine by what keeps it: a file that was sent ahead, or a version of a training dataset. */
export type KeptSpineName = { kind: 'upload'; upload: string } | { kind: 'dataset'; dataset: string }

/** Opens a spine that a higher room keeps, which says what is missing or not allowed. */
type OpenKeptSpine = (
  ctx: Context,
  name: KeptSpineName,
  shape: { timestampColumn: string; keys: Column[] },
) => Promise<Spine>

export interface HistoricalInput {
  /** The parsed JSON of the request; without `spine` when that came as a part of its own. */
  request: unknown
  /** That part; removed when the answer is read. */
  upload: SpineUpload | null
  /** Absent where a spine can name nothing that is kept. */
  openKept?: OpenKeptSpine
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

/** Opened after names and rights are checked. */
function openSpine(
  ctx: Context,
  selection: HistoricalSelection,
  keys: Column[],
  { upload, openKept }: HistoricalInput,
  spine: NamedSpine | null,
): Promise<Spine> {
  const shape = { timestampColumn: selection.timestamp_column, keys }
  if (upload) return offlineStore().openSpine({ ...shape, ...upload }, ctx.signal)
  if (spine?.rows) return offlineStore().stageSpine({ ...shape, rows: spine.rows })
  if (!openKept)
    throw invalidField('/spine', 'names what is kept; here a spine is `rows` or a part of its own.', 'spine')
  const name: KeptSpineName =
    spine?.upload === undefined
      ? { kind: 'dataset', dataset: spine?.dataset ?? '' }
      : { kind: 'upload', upload: spine.upload }
  return openKept(ctx, name, shape)
}

async function joinRequest(
  ctx: Context,
  plan: HistoricalPlan,
  input: HistoricalSelection,
  spine: Spine,
): Promise<JoinRequest> {
  const isEvent = input.known_at === 'event'
  const knownAt = isEvent ? 'event' : knownAtMicros(ctx, input.known_at)
  if (isEvent) refuseFuture(ctx, spine)
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
  const targets = plan.groups.flatMap(({ read }) => targetsOf(ctx, read))
  if (plan.service) targets.push(serviceTarget(plan.service, ctx.environment))
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
    const { spine: named, selection } = parsed(input)
    const { environment = asker.environment, purpose = asker.purpose } = selection
    const ctx = { ...asker, environment, purpose }
    const plan = await planHistorical(ctx, selection)
    spine = await openSpine(ctx, selection, plan.spineKeys, input, named)
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

type NamedSpine = z.output<typeof namedSpine>

function parsed({ request, upload }: HistoricalInput): {
  spine: NamedSpine | null
  selection: HistoricalSelection
} {
  if (upload) return { spine: null, selection: parseInput(fileInput, request) }
  const { spine, ...selection } = parseInput(namedInput, request)
  return { spine, selection }
}
