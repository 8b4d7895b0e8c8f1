import { setImmediate as nextTurn } from 'node:timers/promises'
import { offlineStore, type WriteRequest, type WrittenFile } from '@/lib/offline'
import type { OnlineRow } from '@/lib/online'
import { batchCheck } from './batch-check'
import { type CheckedRow, checkRow } from './check-row'
import { contractTerms } from './contract-terms'
import { keepsOut } from './door/door'
import { keepOut } from './door/keep-out'
import {
  addEngineFaults,
  type FaultLog,
  faultLog,
  listedErrors,
  mostQuarantinedRows,
  type RawRows,
} from './faults'
import { type FewRows, fewRows } from './few-rows'
import { newestRows, onlineRowOf } from './newest-rows'
import type { RawRow } from './raw-row'
import { addWhole, logFaults, mostListed, noFaults } from './source-faults'
import type { StageOptions } from './stage-options'
import { refusedBatch, requireFewFutureRows, type StagedBatch } from './staged-batch'
import { openStagedFile, removeFile, type StagedFile, stagingPath } from './staging'
import { batchOf, rowsAFile, WrittenFiles, withoutRows } from './written-files'

interface Sink {
  add: (row: CheckedRow) => Promise<void> | undefined
  /** Files of at most `rowsAFile` rows. */
  present: StagedFile[]
  future: StagedFile[]
  newest: () => OnlineRow[] | null
  due: OnlineRow[]
  /** Present rows that no file was opened for. */
  few: FewRows
  /** Puts them into a file after all. */
  spill: () => Promise<void>
}

/** Lines go into the last of the files, which are as long as one history file may be. */
async function append(files: StagedFile[], line: string): Promise<void> {
  let file = files.at(-1)
  if (!file || file.lines >= rowsAFile) {
    await file?.close()
    file = await openStagedFile('rows')
    files.push(file)
  }
  await file.write(line)
}

function openSink({ nowMicros, plan }: StageOptions): Sink {
  const newest = newestRows()
  const few = fewRows(plan)
  const due: OnlineRow[] = []
  const present: StagedFile[] = []
  const future: StagedFile[] = []
  const addFuture = async (row: CheckedRow) => {
    requireFewFutureRows(due.length + 1)
    due.push(onlineRowOf(row))
    await append(future, row.line)
  }
  const spill = async () => {
    for (const line of few.spill()) await append(present, line)
  }
  const addAfterFew = async (row: CheckedRow) => {
    await spill()
    await append(present, row.line)
  }
  const add = (row: CheckedRow) => {
    if (row.eventTimeMicros > nowMicros) return addFuture(row)
    newest.add(row)
    if (few.add(row)) return undefined
    const file = present.at(-1)
    return file && file.lines < rowsAFile ? file.write(row.line) : addAfterFew(row)
  }
  return { add, present, future, newest: newest.rows, due, few, spill }
}

const longestBusyMilliseconds = 4

/** Lets other requests be answered between rows: a body may have millions of them. */
function pauses(): () => Promise<void> | undefined {
  let since = performance.now()
  let rows = 0
  return () => {
    if (++rows % 16 !== 0 || performance.now() - since < longestBusyMilliseconds) return undefined
    return nextTurn().then(() => {
      since = performance.now()
    })
  }
}

/**
 * Checks every row and stages the good ones; in strict mode nothing more is staged after the first fault. Returns the
 * row up to which repeated values were looked for.
 */
async function checkRows(
  options: StageOptions,
  batches: AsyncIterable<RawRow[]>,
  log: FaultLog,
  sink: Sink,
): Promise<number | null> {
  const { plan, bounds, mode } = options
  const whole = batchCheck(plan)
  const pause = pauses()
  for await (const batch of batches) {
    options.signal.throwIfAborted()
    for (const raw of batch) {
      const pausing = pause()
      if (pausing) await pausing
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
  return whole.seenUpToRow()
}

const requestOf = ({ plan, mode }: StageOptions, path: string, destination: string): WriteRequest => ({
  source: { kind: 'staged', path },
  schema: plan.schema,
  destination,
  mode,
  unknown: 'refuse',
  latestMicros: null,
  maximumFaults: mode === 'strict' ? listedErrors : mostQuarantinedRows,
  terms: contractTerms(plan).terms,
})

const rawRowsOf =
  ({ plan: { schema }, signal }: StageOptions, staged: StagedFile[]): RawRows =>
  async (rows) => {
    const all = new Map<number, Record<string, unknown>>()
    for (const { path } of staged) {
      const found = await offlineStore().rawRows({ source: { kind: 'staged', path }, schema, rows }, signal)
      for (const [row, source] of found) all.set(row, source)
    }
    return all
  }

/** Has the engine write staged files as history. Its own faults (derived features) join the log. */
async function writeHistory(
  options: StageOptions,
  staged: StagedFile[],
  log: FaultLog,
  files: WrittenFiles,
): Promise<void> {
  for (const file of staged) {
    if (file.lines === 0) continue
    const request = requestOf(options, file.path, await stagingPath('parquet'))
    const written = await offlineStore().write(request, options.signal)
    files.add(written.file)
    await addEngineFaults(log, written.faults, written.rejectedRows, rawRowsOf(options, [file]))
  }
}

/** What was not looked for while the rows flowed: values that were too many to remember, and what several columns say. */
async function checkRest(
  options: StageOptions,
  sink: Sink,
  log: FaultLog,
  files: WrittenFiles,
  seenUpToRow: number | null,
): Promise<boolean> {
  const { plan, signal } = options
  if (seenUpToRow === null && !keepsOut(plan.door)) return false
  const found = noFaults()
  const limit = mostListed(log)
  const asked = { plan, files: files.all, limit }
  const bad =
    seenUpToRow === null
      ? []
      : await addWhole(found, { ...asked, withoutRows: [], afterRow: seenUpToRow, shares: false }, signal)
  bad.push(...(await keepOut(found, { ...asked, withoutRows: bad }, signal)))
  await logFaults(log, found, plan, rawRowsOf(options, [...sink.present, ...sink.future]))
  await withoutRows(options, files, bad)
  return bad.length > 0
}

const isRefused = ({ mode }: StageOptions, log: FaultLog) =>
  log.wholeFaults > 0 || (mode === 'strict' && log.badRows > 0)

/** The batch where its rows are few and checked to the end here: without a file, which they become after their commit. */
function fewBatch({ plan }: StageOptions, sink: Sink, log: FaultLog): StagedBatch | null {
  const rows = sink.few.rows()
  if (!rows || log.badRows > 0 || sink.future.length > 0) return null
  const unfiled = { ...rows, schema: plan.schema }
  return { log, present: [], future: [], newest: sink.newest(), due: [], unfiled }
}

/** Rows of any decoder, checked, staged and written as history files. Faults are in the log, not thrown. */
export async function stageRows(
  options: StageOptions,
  batches: AsyncIterable<RawRow[]>,
): Promise<StagedBatch> {
  const log = faultLog(options.mode)
  const sink = openSink(options)
  const written = new WrittenFiles()
  const staged = () => [...sink.present, ...sink.future]
  try {
    const seenUpToRow = await checkRows(options, batches, log, sink)
    if (isRefused(options, log)) return refusedBatch(log)
    const few = fewBatch(options, sink, log)
    if (few) return few
    await sink.spill()
    for (const file of staged()) await file.close()
    const batch = await writtenBatch(options, sink, log, written, seenUpToRow)
    if (!isRefused(options, log)) return batch
    await written.discard()
    return refusedBatch(log)
  } catch (error) {
    await written.discard()
    throw error
  } finally {
    for (const file of staged()) {
      await file.close()
      await removeFile(file.path)
    }
  }
}

async function writtenBatch(
  options: StageOptions,
  sink: Sink,
  log: FaultLog,
  written: WrittenFiles,
  seenUpToRow: number | null,
): Promise<StagedBatch> {
  const { plan } = options
  await writeHistory(options, sink.present, log, written)
  await writeHistory(options, sink.future, log, written)
  const isLess = await checkRest(options, sink, log, written, seenUpToRow)
  // Only the engine knows derived features, and only it found the values that stand twice.
  if (plan.hasDerived || seenUpToRow !== null || isLess) return batchOf(options, written, log)
  const { present, future } = atNow(options, written.all)
  return { log, present, future, newest: sink.newest(), due: sink.due }
}

/** No file holds both present and future rows. */
const atNow = ({ nowMicros }: StageOptions, files: WrittenFile[]) => ({
  present: files.filter(({ maxEventTimeMicros: at }) => at === null || at <= nowMicros),
  future: files.filter(({ maxEventTimeMicros: at }) => at !== null && at > nowMicros),
})
