import { createReadStream } from 'node:fs'
import { DomainError } from '@/lib/core/errors'
import { EngineError, offlineStore } from '@/lib/offline'
import { contractTerms } from '../contract-terms'
import type { Decoder } from '../decode'
import { keepOut } from '../door/keep-out'
import { faultLog } from '../faults'
import type { UnknownColumns } from '../raw-row'
import type { RowPlan } from '../row-plan'
import { addInexact, addWhole, hasFaults, noFaults } from '../source-faults'
import type { StageOptions } from '../stage-options'
import { stageRows } from '../stage-rows'
import type { StagedBatch } from '../staged-batch'
import { stagingPath } from '../staging'
import { batchOf, rowsAFile, WrittenFiles } from '../written-files'
import { type BulkFormat, type ReceivedBody, receiveCells } from './receive-cells'

export interface TextOptions extends StageOptions {
  unknown: UnknownColumns
  /** Shorter bodies are read here, row by row; absent: 1 MiB. */
  bulkBytes?: number
  /** Absent: as many as a history file has. */
  bulkRowsAFile?: number
}

const defaultBulkBytes = 1024 * 1024

/** Lists and json are values of their own grammar. */
const isPlainPlan = ({ columns }: RowPlan) =>
  columns.every(({ type: { kind } }) => kind !== 'array' && kind !== 'embedding' && kind !== 'json')

/** The first bytes of a body, up to a size, and then all of it again. */
async function beginning(bytes: AsyncIterable<Uint8Array>, most: number) {
  const iterator = bytes[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  let size = 0
  let isWhole = false
  while (size <= most && !isWhole) {
    const { done, value } = await iterator.next()
    if (done) isWhole = true
    else {
      head.push(value)
      size += value.length
    }
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* head.splice(0)
    while (!isWhole) {
      const { done, value } = await iterator.next()
      if (done) return
      yield value
    }
  }
  return { isWhole, all }
}

/** Cells written as history; null when anything of them is at fault or in doubt, and nothing is left then. */
async function stageCells(
  options: TextOptions,
  { columns, cells }: ReceivedBody,
): Promise<StagedBatch | null> {
  const { plan, mode, bounds, signal } = options
  const { terms, inexact } = contractTerms(plan)
  const files = new WrittenFiles()
  try {
    for (const { path, ...rows } of cells ?? []) {
      const result = await offlineStore().write(
        {
          source: { kind: 'cells', path, columns },
          schema: plan.schema,
          destination: await stagingPath('parquet'),
          mode: 'quarantine',
          unknown: 'ignore',
          latestMicros: bounds.latestMicros,
          maximumFaults: 1,
          terms,
          rows,
        },
        signal,
      )
      files.add(result.file)
      if (result.rejectedRows === 0) continue
      await files.discard()
      return null
    }
    const found = noFaults()
    await addInexact(found, plan, inexact, files.all, signal)
    await addWhole(found, { plan, files: files.all, withoutRows: [], afterRow: 0, limit: 1 }, signal)
    await keepOut(found, { plan, files: files.all, withoutRows: [], limit: 1 }, signal)
    if (!hasFaults(found)) return await batchOf(options, files, faultLog(mode))
    await files.discard()
    return null
  } catch (error) {
    await files.discard()
    if (isOfTheRows(error)) return null
    throw error
  }
}

/** What the rows themselves caused; the decoder finds it again and names its place. */
const isOfTheRows = (error: unknown) =>
  error instanceof EngineError || (error instanceof DomainError && error.code === 'invalid')

/**
 * Rows of a CSV or NDJSON body. A long one is only taken apart here, and the engine converts its texts: what it is
 * not sure of, and every fault, sends the whole body through the decoder, so that the answer is the decoder's.
 */
export async function stageText(
  options: TextOptions,
  format: BulkFormat,
  decode: Decoder,
  bytes: AsyncIterable<Uint8Array>,
): Promise<StagedBatch> {
  const { plan, unknown } = options
  const { isWhole, all } = await beginning(bytes, options.bulkBytes ?? defaultBulkBytes)
  // Members of JSON are found by the names of the plan, which are then not those of the body.
  const isOtherwiseNamed = format === 'ndjson' && plan.renamed.size > 0
  if (isWhole || isOtherwiseNamed || !isPlainPlan(plan))
    return stageRows(options, decode(all(), plan, unknown))
  const body = await receiveCells(options, format, all(), options.bulkRowsAFile ?? rowsAFile)
  try {
    const batch = body.cells ? await stageCells(options, body) : null
    if (batch) return batch
    const again = createReadStream(body.path, { highWaterMark: 16 * 1024 })
    return await stageRows(options, decode(again, plan, unknown))
  } finally {
    await body.remove()
  }
}
