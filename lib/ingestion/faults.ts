import { DomainError } from '@/lib/core/errors'
import { type RowFault, toFieldError } from './row-fault'

export const listedErrors = 100
/** Bad rows are held in memory until their transaction. */
export const mostQuarantinedRows = 100_000

export interface QuarantinedRow {
  row: number
  source: Record<string, unknown>
  faults: RowFault[]
}

export type IngestMode = 'strict' | 'quarantine'

/** What was wrong in a batch: the first faults, all counts, and in quarantine the rows themselves. */
export interface FaultLog {
  /** Bad rows are kept, not only counted. */
  keepsRows: boolean
  list: (faults: RowFault[]) => void
  listed: RowFault[]
  /** How many rows broke each rule of each column, as far as they were looked at; 0: the batch as a whole. */
  tally: Map<string, { rule: string; column: string | null; rows: number }>
  badRows: number
  quarantined: QuarantinedRow[]
  add: (row: number, faults: RowFault[], source: () => Record<string, unknown>) => void
  /** A fault of the batch as a whole. It refuses the batch in either mode. */
  addWhole: (faults: RowFault[]) => void
  wholeFaults: number
}

export const tooManyBadRows = (log: FaultLog) =>
  new DomainError(
    'invalid',
    `More than ${mostQuarantinedRows} rows are bad; such a batch is not quarantined but refused.`,
    { errors: log.listed.map(toFieldError) },
  )

export function faultLog(mode: IngestMode): FaultLog {
  const list = (faults: RowFault[]) => {
    for (const fault of faults) {
      if (log.listed.length < listedErrors) log.listed.push(fault)
      count(fault)
    }
  }
  const count = ({ row, rule, column }: RowFault) => {
    const key = `${rule} ${column}`
    const known = log.tally.get(key)
    if (known) known.rows += row > 0 ? 1 : 0
    // Columns of a body are as many as whoever sent it likes.
    else if (log.tally.size < listedErrors) log.tally.set(key, { rule, column, rows: row > 0 ? 1 : 0 })
  }
  const log: FaultLog = {
    keepsRows: mode === 'quarantine',
    list,
    listed: [],
    tally: new Map(),
    badRows: 0,
    quarantined: [],
    wholeFaults: 0,
    add: (row, faults, source) => {
      list(faults)
      log.badRows++
      if (mode === 'strict') return
      if (log.quarantined.length >= mostQuarantinedRows) {
        throw tooManyBadRows(log)
      }
      log.quarantined.push({ row, source: source(), faults })
    },
    addWhole: (faults) => {
      list(faults)
      log.wholeFaults += faults.length
    },
  }
  return log
}

/** The refusal of a batch, with its counts. */
export function refusal(log: FaultLog): DomainError {
  const first = log.listed[0]
  const place = first
    ? [first.row > 0 ? `row ${first.row}` : null, first.column].filter(Boolean).join(', ')
    : ''
  const bad = log.badRows === 1 ? '1 row is' : `${log.badRows} rows are`
  const what = log.badRows > 0 ? `Nothing was stored: ${bad} not valid.` : 'Nothing was stored.'
  return new DomainError(
    'invalid',
    `${what} ${place ? `First: ${place}: ` : ''}${first?.reason ?? ''}`.trim(),
    {
      errors: log.listed.map(toFieldError),
      extensions: { accepted: 0, rejected: log.badRows, quarantined: 0, superseded: 0 },
    },
  )
}

/** The rows of a source by number, as quarantine keeps them. */
export type RawRows = (rows: number[]) => Promise<Map<number, Record<string, unknown>>>

/** Adds the faults of each row; in quarantine with the whole row as it came, so that it can be corrected and replayed. */
export async function addRowFaults(
  log: FaultLog,
  byRow: Map<number, RowFault[]>,
  rawRows: RawRows,
): Promise<void> {
  const kept = log.keepsRows ? await rawRows([...byRow.keys()]) : new Map<number, Record<string, unknown>>()
  for (const [row, own] of byRow) {
    log.add(row, own, () => {
      const source = kept.get(row)
      if (!source) throw new Error(`Row ${row} is at fault and is not in its source`)
      return source
    })
  }
}

/** Faults that the engine found. Rows beyond those that it lists are counted, and not kept: they refuse the batch. */
export async function addEngineFaults(
  log: FaultLog,
  faults: RowFault[],
  rejectedRows: number,
  rawRows: RawRows,
): Promise<void> {
  const byRow = new Map<number, RowFault[]>()
  for (const fault of faults) {
    if (fault.row === 0) log.addWhole([fault])
    else byRow.set(fault.row, [...(byRow.get(fault.row) ?? []), fault])
  }
  if (log.keepsRows && rejectedRows > byRow.size) {
    for (const own of byRow.values()) log.list(own)
    throw tooManyBadRows(log)
  }
  await addRowFaults(log, byRow, rawRows)
  log.badRows += Math.max(0, rejectedRows - byRow.size)
}
