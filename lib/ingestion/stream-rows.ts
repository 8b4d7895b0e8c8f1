import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { stringifyJson } from '@/lib/core/json'
import { logger } from '@/lib/core/logger'
import { decodeNdjson } from './decode/ndjson'
import type { IngestInput } from './ingest-rows'
import type { RawRow } from './raw-row'
import { renamedColumns } from './renamed'
import { rowPlan } from './row-plan'
import type { StageOptions } from './stage-options'
import { stageRows } from './stage-rows'
import { writeRows } from './write-rows'
import { mayWriteAtAll, type WriteTarget, writeTarget } from './write-target'

export interface StreamInput extends IngestInput {
  /** Rows a commit. */
  commitRows: number
}

async function* commitsOf(batches: AsyncIterable<RawRow[]>, size: number): AsyncGenerator<RawRow[]> {
  let waiting: RawRow[] = []
  for await (const batch of batches) {
    for (const row of batch) {
      waiting.push(row)
      if (waiting.length < size) continue
      yield waiting
      waiting = []
    }
  }
  if (waiting.length > 0) yield waiting
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value
}

/** What was committed so far. */
interface Progress {
  commits: number
  accepted: number
  quarantined: number
  /** The last row that belongs to a commit. */
  lastRow: number
}

/** A failure after the first line cannot be a status any more: it is the last line, and says where to go on. */
function failedLine(ctx: Context, error: unknown, { accepted, lastRow }: Progress): string {
  const before = { accepted_before: accepted, not_committed_from_row: lastRow + 1 }
  if (error instanceof DomainError) {
    const { errors = [], extensions = {} } = error.details
    const { code, message: detail } = error
    return stringifyJson({ error: { code, detail, ...extensions, errors }, ...before })
  }
  logger().error({ err: error, requestId: ctx.requestId }, 'a stream of commits failed')
  const detail = 'Something failed here; what was answered before stays.'
  return stringifyJson({
    error: { code: 'internal', detail, request_id: ctx.requestId, errors: [] },
    ...before,
  })
}

async function* lines(ctx: Context, input: StreamInput, target: WriteTarget): AsyncGenerator<string> {
  const { mode, to, unknown, bytes, commitRows } = input
  const plan = rowPlan(target.version)
  const renamed = renamedColumns(input.rename ?? [], plan.places)
  const rows = decodeNdjson(bytes, { ...plan, renamed }, unknown)
  const progress: Progress = { commits: 0, accepted: 0, quarantined: 0, lastRow: 0 }
  try {
    for await (const own of commitsOf(rows, commitRows)) {
      const first = own[0]?.row ?? 0
      const stage = (options: StageOptions) => stageRows(options, once(own))
      const answer = await writeRows(ctx, { target, kind: 'ingest', mode, to, stage })
      progress.commits++
      progress.accepted += answer.accepted
      progress.quarantined += answer.quarantined
      progress.lastRow = own.at(-1)?.row ?? first
      yield `${stringifyJson({ first_row: first, last_row: progress.lastRow, ...answer })}\n`
    }
  } catch (error) {
    if (progress.commits === 0) throw error
    yield `${failedLine(ctx, error, progress)}\n`
    return
  }
  const { commits, accepted, quarantined, lastRow } = progress
  // Without this line the answer was cut, whatever stood between.
  yield `${stringifyJson({ end: true, commits, accepted, quarantined, last_row: lastRow })}\n`
}

/** Resolves when the first line is there, so that what fails before it is the answer's status. */
async function started(all: AsyncGenerator<string>): Promise<AsyncGenerator<string>> {
  const first = await all.next()
  return (async function* () {
    if (!first.done) yield first.value
    yield* all
  })()
}

/**
 * Commits NDJSON as it flows: one line of answer a commit, as text, and a last one with `end: true`. In strict mode the
 * first bad commit, and in any mode a body that breaks off, ends the stream with a line that holds `error` and the row
 * from which nothing was committed; what was answered before stays. Failures before the first line are thrown.
 */
export async function streamRows(ctx: Context, input: StreamInput): Promise<AsyncGenerator<string>> {
  await mayWriteAtAll(ctx, input.to)
  if (!input.contentType.includes('ndjson') && input.contentType !== 'application/jsonl') {
    throw new DomainError('unsupported_media_type', 'commit=stream reads application/x-ndjson alone.')
  }
  if (input.idempotency) {
    throw invalidField(
      '',
      'commit=stream takes no Idempotency-Key: each commit stands for itself.',
      'idempotency_key',
    )
  }
  const { group, version, to } = input
  return started(lines(ctx, input, await writeTarget(ctx, { group, version }, to)))
}
