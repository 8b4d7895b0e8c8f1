import type { Context } from '@/lib/core/context'
import { hashedBody } from '@/lib/core/hashed-body'
import type { IdempotentRequest } from '@/lib/idempotency'
import type { IngestAnswer } from './operations'
import { rawRowOfObject } from './raw-row'
import type { RowPlan } from './row-plan'
import type { StageOptions } from './stage-options'
import { stageRows } from './stage-rows'
import { writeRowsOnce } from './write-rows'
import { mayWriteAtAll, writeTarget } from './write-target'

export interface RecordsInput {
  group: string
  /** Major; absent: the one promoted in the context's environment. */
  version?: number
  /** Values as parseJson makes them, by column. */
  rows: readonly Record<string, unknown>[]
  to: 'both' | 'offline'
  /** The request as it came: what an idempotency key stands for. */
  sent: string
  idempotency: IdempotentRequest | null
}

const rowsABatch = 1000

async function* batchesOf(plan: RowPlan, rows: RecordsInput['rows']) {
  for (let start = 0; start < rows.length; start += rowsABatch) {
    yield rows
      .slice(start, start + rowsABatch)
      .map((row, index) => rawRowOfObject(plan, 'refuse', row, start + index + 1))
  }
}

async function* bytesOf(text: string) {
  yield Buffer.from(text)
}

/** `ingestRows` in strict mode for rows that another interface has taken apart already. Errors: as ingestRows. */
export async function ingestRecords(ctx: Context, input: RecordsInput): Promise<IngestAnswer> {
  const { group, version, rows, to } = input
  await mayWriteAtAll(ctx, to)
  const target = await writeTarget(ctx, { group, version }, to)
  const stage = (options: StageOptions) => stageRows(options, batchesOf(options.plan, rows))
  const request = { target, kind: 'ingest' as const, mode: 'strict' as const, to, stage }
  return writeRowsOnce(ctx, request, hashedBody(bytesOf(input.sent)), input.idempotency)
}
