import { offlineStore, type WriteRequest, type WrittenFile } from '@/lib/offline'
import type { OnlineRow } from '@/lib/online'
import { batchCheck } from './batch-check'
import { type CheckedRow, checkRow, type RowBounds } from './check-row'
import {
  addEngineFaults,
  type FaultLog,
  faultLog,
  type IngestMode,
  listedErrors,
  mostQuarantinedRows,
} from './faults'
import { newestRows, onlineRowOf } from './newest-rows'
import type { RawRow } from './raw-row'
import type { RowPlan } from './row-plan'
import { newestOfFile, requireFewFutureRows, rowsOfFile, type StagedBatch } from './staged-batch'
import { openStagedFile, removedOnFailure, removeFile, type StagedFile, stagingPath } from './staging'

export interface StageOptions {
  plan: RowPlan
  mode: IngestMode
  bounds: RowBounds
  /** Rows later than this are not online yet. */
  nowMicros: bigint
  signal: AbortSignal
}

interface Sink {
  add: (row: CheckedRow) => Promise<void> | undefined
  present: StagedFile
  future: () => StagedFile | null
  newest: () => OnlineRow[] | null
  due: OnlineRow[]
}

async function openSink({ nowMicros }: StageOptions): Promise<Sink> {
  const present = await openStagedFile('rows')
  const newest = newestRows()
  const due: OnlineRow[] = []
  let future: StagedFile | null = null
  const addFuture = async (row: CheckedRow) => {
    requireFewFutureRows(due.length + 1)
    future ??= await openStagedFile('rows')
    due.push(onlineRowOf(row))
    await future.write(row.line)
  }
  const add = (row: CheckedRow) => {
    if (row.eventTimeMicros > nowMicros) return addFuture(row)
    newest.add(row)
    return present.write(row.line)
  }
  return { add, present, future: () => future, newest: newest.rows, due }
}

/** Checks every row and stages the good ones; in strict mode nothing more is staged after the first fault. */
async function checkRows(
  options: StageOptions,
  batches: AsyncIterable<RawRow[]>,
  log: FaultLog,
  sink: Sink,
): Promise<void> {
  const { plan, bounds, mode } = options
  const whole = batchCheck(plan)
  for await (const batch of batches) {
    options.signal.throwIfAborted()
    for (const raw of batch) {
      const checked = checkRow(plan, bounds, raw)
      const faults = Array.isArray(checked) ? checked : whole.faultsOf(checked)
      if (faults.length > 0) log.add(raw.row, faults, raw.source)
      else if (!Array.isArray(checked) && (mode === 'quarantine' || log.badRows === 0)) {
        const writing = sink.add(checked)
        if (writing) await writing
      }
    }
  }
  log.addWhole(whole.finish())
}

/** Has the engine write one staged file as history. Its own faults (derived features that disagree) join the log. */
async function writeHistory(
  options: StageOptions,
  staged: StagedFile | null,
  log: FaultLog,
): Promise<WrittenFile | null> {
  if (!staged || staged.lines === 0) return null
  const { schema } = options.plan
  const source = { kind: 'staged', path: staged.path } as const
  const request: WriteRequest = {
    source,
    schema,
    destination: await stagingPath('parquet'),
    mode: options.mode,
    unknown: 'refuse',
    latestMicros: null,
    maximumFaults: options.mode === 'strict' ? listedErrors : mostQuarantinedRows,
  }
  const { file, faults, rejectedRows } = await offlineStore().write(request, options.signal)
  const { signal } = options
  const rawRows = (rows: number[]) => offlineStore().rawRows({ source, schema, rows }, signal)
  await removedOnFailure(file, addEngineFaults(log, faults, rejectedRows, rawRows))
  return file
}

/** Rows of any decoder, checked, staged and written as history files. Faults are in the log, not thrown. */
export async function stageRows(
  options: StageOptions,
  batches: AsyncIterable<RawRow[]>,
): Promise<StagedBatch> {
  const log = faultLog(options.mode)
  const sink = await openSink(options)
  try {
    await checkRows(options, batches, log, sink)
    await sink.present.close()
    await sink.future()?.close()
    if (log.wholeFaults > 0 || (options.mode === 'strict' && log.badRows > 0)) {
      return { log, present: null, future: null, newest: [], due: [] }
    }
    return await writtenBatch(options, sink, log)
  } finally {
    for (const file of [sink.present, sink.future()]) {
      if (!file) continue
      await file.close()
      await removeFile(file.path)
    }
  }
}

async function writtenBatch(options: StageOptions, sink: Sink, log: FaultLog): Promise<StagedBatch> {
  const { plan, signal } = options
  const present = await writeHistory(options, sink.present, log)
  const future = await writeHistory(options, sink.future(), log)
  // Only the engine knows derived features.
  const newest = plan.hasDerived ? null : sink.newest()
  return {
    log,
    present,
    future,
    newest: newest ?? (await newestOfFile(plan, present, signal)),
    due: plan.hasDerived ? await rowsOfFile(plan, future, signal) : sink.due,
  }
}
