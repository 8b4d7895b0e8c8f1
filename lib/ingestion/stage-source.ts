import { offlineStore, type RowSpan, type WriteRequest, type WriteSource } from '@/lib/offline'
import { contractTerms } from './contract-terms'
import { keepOut } from './door/keep-out'
import { faultLog, type RawRows } from './faults'
import type { UnknownColumns } from './raw-row'
import {
  addInexact,
  addInexactOfRefused,
  addWhole,
  addWritten,
  hasFaults,
  logFaults,
  mostListed,
  noFaults,
} from './source-faults'
import type { StageOptions } from './stage-options'
import { refusedBatch, type StagedBatch } from './staged-batch'
import { stagingPath } from './staging'
import { batchOf, rowsAFile, WrittenFiles, withoutRows } from './written-files'

interface FileOptions extends StageOptions {
  unknown: UnknownColumns
}

/** The parts of a source that become a file each. Only Parquet is read from its middle. */
async function spansOf(source: WriteSource, signal: AbortSignal): Promise<(RowSpan | undefined)[]> {
  if (source.kind !== 'file' || source.format !== 'parquet') return [undefined]
  const rows = await offlineStore().rowsOfParquet(source.path, signal)
  if (rows === 0) return [undefined]
  return Array.from({ length: Math.ceil(rows / rowsAFile) }, (_, index) => ({
    first: index * rowsAFile + 1,
    last: Math.min(rows, (index + 1) * rowsAFile),
  }))
}

/** A SELECT's rows are not kept: its runs are strict. */
const rawRowsOf =
  ({ plan: { schema }, signal }: FileOptions, source: WriteSource): RawRows =>
  async (rows) =>
    source.kind === 'select' || source.kind === 'cells'
      ? new Map()
      : offlineStore().rawRows({ source, schema, rows }, signal)

const requestOf = (options: FileOptions, source: WriteSource, destination: string): WriteRequest => ({
  source,
  schema: options.plan.schema,
  destination,
  mode: 'quarantine',
  unknown: options.unknown,
  latestMicros: options.bounds.latestMicros,
  maximumFaults: 1,
})

async function stage(options: FileOptions, source: WriteSource, files: WrittenFiles): Promise<StagedBatch> {
  const { plan, mode, signal } = options
  const log = faultLog(mode)
  const found = noFaults()
  const { terms, inexact } = contractTerms(plan)
  const limit = mostListed(log)
  for (const rows of await spansOf(source, signal)) {
    const request = requestOf(options, source, await stagingPath('parquet'))
    const result = await offlineStore().write({ ...request, terms, rows, maximumFaults: limit }, signal)
    files.add(result.file)
    addWritten(found, result)
  }
  const rawRows = rawRowsOf(options, source)
  await addInexactOfRefused(found, inexact, rawRows)
  const bad = await addInexact(found, plan, inexact, files.all, signal)
  bad.push(
    ...(await addWhole(found, { plan, files: files.all, withoutRows: bad, afterRow: 0, limit }, signal)),
  )
  bad.push(...(await keepOut(found, { plan, files: files.all, withoutRows: bad, limit }, signal)))
  const isRefused = found.whole.length > 0 || (mode === 'strict' && hasFaults(found))
  await logFaults(log, found, plan, rawRows)
  if (isRefused) {
    await files.discard()
    return refusedBatch(log)
  }
  await withoutRows(options, files, bad)
  return batchOf(options, files, log)
}

/**
 * Rows that the engine reads (a user's file, a query): types and contracts checked there in one pass, written as one
 * file per million rows, so that a batch of any size takes the same memory.
 */
export async function stageSource(options: FileOptions, source: WriteSource): Promise<StagedBatch> {
  const files = new WrittenFiles()
  try {
    return await stage(options, source, files)
  } catch (error) {
    await files.discard()
    throw error
  }
}
