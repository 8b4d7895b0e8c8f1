import { type CanonicalValue, convertJson, type FeatureType } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import { offlineStore, type WriteRequest, type WriteSource, type WrittenFile } from '@/lib/offline'
import { batchCheck } from './batch-check'
import { linesOf } from './decode/lines'
import {
  addEngineFaults,
  addRowFaults,
  type FaultLog,
  faultLog,
  listedErrors,
  mostQuarantinedRows,
  type RawRows,
} from './faults'
import type { UnknownColumns } from './raw-row'
import { type RowFault, rowFault } from './row-fault'
import type { StageOptions } from './stage-rows'
import { newestOfFile, rowsOfFile, type StagedBatch } from './staged-batch'
import { removedOnFailure, removeFile, stagingPath } from './staging'

interface FileOptions extends StageOptions {
  unknown: UnknownColumns
}

async function write(
  options: FileOptions,
  source: WriteSource,
  log: FaultLog | null,
  unknown = options.unknown,
) {
  const request: WriteRequest = {
    source,
    schema: options.plan.schema,
    destination: await stagingPath('parquet'),
    mode: options.mode,
    unknown,
    latestMicros: options.bounds.latestMicros,
    maximumFaults: options.mode === 'strict' ? listedErrors : mostQuarantinedRows,
  }
  const { file, faults, rejectedRows } = await offlineStore().write(request, options.signal)
  if (log) {
    const adding = addEngineFaults(log, faults, rejectedRows, rawRowsOf(options, source))
    await removedOnFailure(file, adding)
  }
  return file
}

/** A SELECT's rows are not kept: its runs are strict. */
const rawRowsOf =
  ({ plan: { schema }, signal }: FileOptions, source: WriteSource): RawRows =>
  async (rows) =>
    source.kind === 'select' ? new Map() : offlineStore().rawRows({ source, schema, rows }, signal)

/** Looks at every contracted value of a written file; returns the numbers of the rows that break their contract. */
async function contractFaults(
  options: FileOptions,
  source: WriteSource,
  file: WrittenFile,
  log: FaultLog,
): Promise<number[]> {
  const { columns } = options.plan
  const contracted = columns.filter((column) => column.contract && !column.derived).map(({ name }) => name)
  if (contracted.length === 0) return []
  const whole = batchCheck(options.plan)
  const bad = new Map<number, RowFault[]>()
  for await (const row of contractRows(options, file, contracted)) {
    const number = Number(row._row)
    const values = columns.map(({ type, name }) => canonicalOf(type, row[name]))
    const faults = columns.flatMap(({ name, check, derived }, place) => {
      const fault = check && !derived ? check(values[place] ?? null) : null
      return fault ? [rowFault(number, name, row[name], fault.rule, `\`${name}\` ${fault.reason}.`)] : []
    })
    faults.push(...whole.faultsOf({ row: number, deleted: false, values }))
    if (faults.length === 0) continue
    bad.set(number, faults)
    if (bad.size > mostQuarantinedRows) break
  }
  await addRowFaults(log, bad, rawRowsOf(options, source))
  log.addWhole(whole.finish())
  return [...bad.keys()]
}

function canonicalOf(type: FeatureType, value: unknown): CanonicalValue {
  const converted = convertJson(type, value)
  return converted.ok ? converted.value : null
}

async function* contractRows(
  options: FileOptions,
  { path }: WrittenFile,
  features: string[],
): AsyncGenerator<Record<string, unknown>> {
  const history = { schema: options.plan.schema, files: [{ path, commit: 'staged', createdMicros: 0n }] }
  const range = {
    history,
    features,
    startMicros: null,
    endMicros: null,
    latest: false,
    knownAtMicros: null,
    systemColumns: true,
    limit: null,
  }
  const answer = await offlineStore().range(range).open('ndjson', { signal: options.signal })
  const utf8 = new TextDecoder()
  for await (const lines of linesOf(answer)) {
    // The engine writes one object a line.
    for (const line of lines)
      if (line.length > 0) yield parseJson(utf8.decode(line)) as Record<string, unknown>
  }
}

/** The part of a written file that a condition on its columns selects, as a file of its own. */
async function part(options: FileOptions, file: WrittenFile, condition: string): Promise<WrittenFile | null> {
  const source: WriteSource = {
    kind: 'select',
    sql: `select * from written where ${condition} order by _row`,
    inputs: [{ name: 'written', path: file.path, format: 'parquet' }],
  }
  return write(options, source, null, 'ignore')
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Rows that the engine reads (a user's file, a query): checked and converted there, their contract checked here. */
export async function stageSource(options: FileOptions, source: WriteSource): Promise<StagedBatch> {
  const { plan, mode, signal, nowMicros } = options
  const log = faultLog(mode)
  const refused = (): StagedBatch => ({ log, present: null, future: null, newest: [], due: [] })
  let written = await write(options, source, log)
  if (log.wholeFaults > 0 || (mode === 'strict' && log.badRows > 0)) return refused()
  if (written) {
    const bad = await removedOnFailure(written, contractFaults(options, source, written, log))
    if (log.wholeFaults > 0 || (bad.length > 0 && mode === 'strict')) {
      await removeFile(written.path)
      return refused()
    }
    if (bad.length > 0)
      written = await replaced(written, part(options, written, `_row not in (${bad.join(',')})`))
  }
  if (!written || (written.maxEventTimeMicros ?? nowMicros) <= nowMicros) {
    return { log, present: written, future: null, newest: await newestOfFile(plan, written, signal), due: [] }
  }
  const time = `epoch_us(${quoted(plan.schema.eventTime)})`
  const future = await part(options, written, `${time} > ${nowMicros}`)
  const present = await replaced(written, part(options, written, `${time} <= ${nowMicros}`))
  const newest = await newestOfFile(plan, present, signal)
  return { log, present, future, newest, due: await rowsOfFile(plan, future, signal) }
}

async function replaced(file: WrittenFile, by: Promise<WrittenFile | null>): Promise<WrittenFile | null> {
  const next = await by
  await removeFile(file.path)
  return next
}
