import { convertJson } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import { offlineStore, type WriteResult, type WrittenFile } from '@/lib/offline'
import { linesOf } from './decode/lines'
import {
  addRowFaults,
  type FaultLog,
  listedErrors,
  mostQuarantinedRows,
  type RawRows,
  tooManyBadRows,
} from './faults'
import { type RowFault, rowFault } from './row-fault'
import { operationColumn, type PlanColumn, type RowPlan } from './row-plan'

/** What is wrong in rows that the engine reads, as it is found: by row, and how many rows are not listed. */
export interface SourceFaults {
  byRow: Map<number, RowFault[]>
  unlisted: number
  whole: RowFault[]
}

export const noFaults = (): SourceFaults => ({ byRow: new Map(), unlisted: 0, whole: [] })

export const hasFaults = ({ byRow, unlisted, whole }: SourceFaults): boolean =>
  byRow.size > 0 || unlisted > 0 || whole.length > 0

export function addFault({ byRow }: SourceFaults, fault: RowFault): void {
  const present = byRow.get(fault.row)
  if (present) present.push(fault)
  else byRow.set(fault.row, [fault])
}

/** What the engine found while it wrote. */
export function addWritten(found: SourceFaults, { faults, rejectedRows }: WriteResult): void {
  const rows = new Set<number>()
  for (const fault of faults) {
    if (fault.row === 0) found.whole.push(fault)
    else {
      addFault(found, fault)
      rows.add(fault.row)
    }
  }
  found.unlisted += Math.max(0, rejectedRows - rows.size)
}

async function* rowsOf(
  { schema }: RowPlan,
  { path }: WrittenFile,
  features: string[],
  signal: AbortSignal,
): AsyncGenerator<Record<string, unknown>> {
  const answer = await offlineStore()
    .range({
      history: { schema, files: [{ path, commit: 'staged', createdMicros: 0n }] },
      features,
      startMicros: null,
      endMicros: null,
      latest: false,
      knownAtMicros: null,
      systemColumns: true,
      limit: null,
    })
    .open('ndjson', { signal })
  const utf8 = new TextDecoder()
  for await (const lines of linesOf(answer)) {
    // The engine writes one object a line.
    for (const line of lines)
      if (line.length > 0) yield parseJson(utf8.decode(line)) as Record<string, unknown>
  }
}

/** Adds what the row breaks of patterns that the engine's own expressions cannot say. */
function addPatterns(
  found: SourceFaults,
  columns: PlanColumn[],
  number: number,
  row: Record<string, unknown>,
): boolean {
  let isBad = false
  for (const { name, type, check } of columns) {
    const converted = convertJson(type, row[name])
    const fault = converted.ok && check ? check(converted.value) : null
    if (fault?.rule !== 'pattern') continue
    addFault(found, rowFault(number, name, row[name], fault.rule, `\`${name}\` ${fault.reason}.`))
    isBad = true
  }
  return isBad
}

/** Matches the texts of written files with those patterns. Returns the rows that break one. */
export async function addInexact(
  found: SourceFaults,
  plan: RowPlan,
  columns: PlanColumn[],
  files: WrittenFile[],
  signal: AbortSignal,
): Promise<number[]> {
  const bad = new Set<number>()
  if (columns.length === 0) return []
  const names = columns.map(({ name }) => name)
  for (const file of files) {
    for await (const row of rowsOf(plan, file, names, signal)) {
      const number = Number(row._row)
      if (addPatterns(found, columns, number, row)) bad.add(number)
      if (bad.size > mostQuarantinedRows) return [...bad]
    }
  }
  return [...bad]
}

/** The same of rows that were refused already, and so were not written. */
export async function addInexactOfRefused(
  found: SourceFaults,
  columns: PlanColumn[],
  rawRows: RawRows,
): Promise<void> {
  if (columns.length === 0 || found.byRow.size === 0) return
  for (const [number, row] of await rawRows([...found.byRow.keys()])) {
    if (row[operationColumn] === 'delete') continue
    const faulty = new Set(found.byRow.get(number)?.map(({ column }) => column))
    addPatterns(
      found,
      columns.filter(({ name }) => !faulty.has(name)),
      number,
      row,
    )
  }
}

interface WholeCheck {
  plan: RowPlan
  files: WrittenFile[]
  /** Bad already: their values do not count. */
  withoutRows: number[]
  /** Repetitions up to this row are known. */
  afterRow: number
  limit: number
  /** Whether the share of nulls is looked at too. */
  shares?: boolean
}

/** Uniqueness, and the share of nulls, over all files of a batch. Returns the rows that repeat a value. */
export async function addWhole(
  found: SourceFaults,
  { plan, files, withoutRows, afterRow, limit, shares: withShares = true }: WholeCheck,
  signal: AbortSignal,
): Promise<number[]> {
  const own = plan.columns.filter(({ derived }) => !derived)
  const unique = own.filter(({ contract }) => contract?.unique === true).map(({ name }) => name)
  const shares = own.filter(({ contract }) => withShares && contract?.max_null_share !== undefined)
  if (files.length === 0 || (unique.length === 0 && shares.length === 0)) return []
  const paths = files.map(({ path }) => path)
  const nullShares = shares.map(({ name }) => name)
  const request = { paths, unique, nullShares, withoutRows, afterRow, limit }
  const { repeats, repeatedRows, rows, nulls } = await offlineStore().checkWhole(request, signal)
  for (const { column, row, first, value } of repeats)
    addFault(
      found,
      rowFault(row, column, value, 'unique', `\`${column}\` has this value in row ${first} already.`),
    )
  for (const { name, contract } of shares) {
    const fault = nullShareFault(
      name,
      rows,
      nulls.find(({ column }) => column === name)?.count ?? 0,
      contract?.max_null_share ?? 1,
    )
    if (fault) found.whole.push(fault)
  }
  const listed = new Set(repeats.map(({ row }) => row))
  found.unlisted += Math.max(0, repeatedRows - listed.size)
  return [...listed]
}

/** The fault of a batch with more nulls in a column than its contract allows. */
export function nullShareFault(name: string, rows: number, nulls: number, limit: number): RowFault | null {
  if (rows === 0 || nulls / rows <= limit) return null
  const share = `${nulls} of ${rows} rows are null in \`${name}\`; the contract allows a share of ${limit}.`
  return rowFault(0, name, undefined, 'max_null_share', share)
}

/** Most faults of one question to the engine: in quarantine every bad row is kept, else the first are shown. */
export const mostListed = (log: FaultLog): number => (log.keepsRows ? mostQuarantinedRows : listedErrors)

/** Brings what was found into the batch's log, in the order of rows and columns. */
export async function logFaults(
  log: FaultLog,
  { byRow, unlisted, whole }: SourceFaults,
  plan: RowPlan,
  rawRows: RawRows,
): Promise<void> {
  const placeOf = ({ column }: RowFault) => (column === null ? -1 : (plan.places.get(column) ?? -1))
  const ordered = [...byRow].sort(([a], [b]) => a - b)
  for (const [, faults] of ordered) faults.sort((a, b) => placeOf(a) - placeOf(b))
  if (log.keepsRows && unlisted > 0) {
    for (const [, faults] of ordered) log.list(faults)
    throw tooManyBadRows(log)
  }
  await addRowFaults(log, new Map(ordered), rawRows)
  log.badRows += unlisted
  log.addWhole(whole)
}
