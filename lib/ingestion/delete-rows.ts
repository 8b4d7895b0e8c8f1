import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { hashedBody } from '@/lib/core/hashed-body'
import { decoders } from './decode'
import type { IngestInput } from './ingest-rows'
import type { IngestAnswer } from './operations'
import type { RawRow } from './raw-row'
import { rowFault } from './row-fault'
import type { RowPlan } from './row-plan'
import type { StageOptions } from './stage-options'
import { stageRows } from './stage-rows'
import { writeRowsOnce } from './write-rows'
import { mayWriteAtAll, writeTarget } from './write-target'

/** A tombstone names a key and an instant; a value beside them would be lost without a word. */
function asTombstone(plan: RowPlan, raw: RawRow): RawRow {
  const faults = [...raw.faults]
  for (const [place, { name, role }] of plan.columns.entries()) {
    const value = raw.values[place]
    if (role === 'key' || role === 'time' || value === undefined || value === null) continue
    faults.push(
      rowFault(
        raw.row,
        name,
        value,
        'tombstone',
        `\`${name}\` has no place here: a tombstone holds keys and event time.`,
      ),
    )
  }
  return { ...raw, faults, operation: 'delete' }
}

async function* tombstones(plan: RowPlan, batches: AsyncIterable<RawRow[]>): AsyncGenerator<RawRow[]> {
  for await (const batch of batches) yield batch.map((raw) => asTombstone(plan, raw))
}

type DeleteInput = Omit<IngestInput, 'mode' | 'unknown'>

/**
 * Writes a tombstone for each row (keys and event time): from that instant on the key has no values, until a later
 * row. All or nothing. Errors as ingestRows.
 */
export async function deleteRows(ctx: Context, input: DeleteInput): Promise<IngestAnswer> {
  await mayWriteAtAll(ctx, input.to)
  const decode = decoders.get(input.contentType)
  if (!decode)
    throw new DomainError('unsupported_media_type', `Tombstones are not read from ${input.contentType}.`)
  const target = await writeTarget(ctx, { group: input.group, version: input.version }, input.to)
  const body = hashedBody(input.bytes)
  const stage = (options: StageOptions) =>
    stageRows(options, tombstones(options.plan, decode(body.bytes(), options.plan, 'refuse')))
  const request = { target, kind: 'tombstones' as const, mode: 'strict' as const, to: input.to, stage }
  return writeRowsOnce(ctx, request, body, input.idempotency)
}
