import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { stringifyJson } from '@/lib/core/json'
import { decodeNdjson } from './decode/ndjson'
import type { IngestInput } from './ingest-rows'
import type { RawRow } from './raw-row'
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

/** A refusal after the first line cannot be a status any more: it is the last line. */
function refusedLine(error: unknown, accepted: number): string {
  if (!(error instanceof DomainError)) throw error
  const { errors = [], extensions = {} } = error.details
  return stringifyJson({
    error: { code: error.code, detail: error.message, ...extensions, errors },
    accepted_before: accepted,
  })
}

async function* lines(ctx: Context, input: StreamInput, target: WriteTarget): AsyncGenerator<string> {
  const { mode, to, unknown, bytes, commitRows } = input
  const rows = decodeNdjson(bytes, rowPlan(target.version), unknown)
  let commits = 0
  let accepted = 0
  try {
    for await (const own of commitsOf(rows, commitRows)) {
      const first = own[0]?.row ?? 0
      const stage = (options: StageOptions) => stageRows(options, once(own))
      const answer = await writeRows(ctx, { target, kind: 'ingest', mode, to, stage })
      commits++
      accepted += answer.accepted
      yield `${stringifyJson({ first_row: first, last_row: own.at(-1)?.row ?? first, ...answer })}\n`
    }
  } catch (error) {
    if (commits === 0) throw error
    yield `${refusedLine(error, accepted)}\n`
  }
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
 * Commits NDJSON as it flows: one line of answer a commit, as text. In strict mode the first bad commit, and in any
 * mode a body that breaks off, ends the stream with a line that holds `error`; what was answered before stays.
 * Failures before the first line are thrown.
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
