import type { Breach } from '@/lib/contracts'
import { formatTimestamp } from '@/lib/core/feature-type'
import { type BrokenCondition, offlineStore, type RowFault, type WrittenFile } from '@/lib/offline'
import { contractTerms } from '../contract-terms'
import { rowFault } from '../row-fault'
import type { RowPlan } from '../row-plan'
import { addInexact, noFaults } from '../source-faults'
import type { StageOptions } from '../stage-options'
import type { StagedBatch } from '../staged-batch'
import type { Enforcement } from './door'
import { checkRule, promisedBy } from './promised'

type Warning = Omit<Breach, 'outcome'>

/** What a staged batch breaks as a whole, and what of it is only warned of. */
export interface Found {
  refused: RowFault[]
  warnings: Warning[]
}

const filesOf = ({ present, future }: StagedBatch): WrittenFile[] => [...present, ...future]

const many = (count: number) => (count === 1 ? '1 row' : `${count} rows`)

interface WholeTerm {
  rule: 'rows' | 'freshness'
  enforcement: Enforcement
  observed: string
  promised: string
  checked: number
}

function rowsTerm({ door }: RowPlan, rows: number): WholeTerm[] {
  const bounds = door.rows
  if (!bounds || (rows >= (bounds.min ?? 0) && rows <= (bounds.max ?? Number.POSITIVE_INFINITY))) return []
  const least = bounds.min === undefined ? [] : [`at least ${bounds.min}`]
  const most = bounds.max === undefined ? [] : [`at most ${bounds.max}`]
  const promised = `${[...least, ...most].join(' and ')} rows a commit`
  return [{ rule: 'rows', enforcement: bounds.enforcement, observed: many(rows), promised, checked: rows }]
}

function freshnessTerm({ plan, nowMicros }: StageOptions, files: WrittenFile[], rows: number): WholeTerm[] {
  const { freshness } = plan.door
  if (!freshness) return []
  const newest = files.reduce<bigint | null>(
    (most, { maxEventTimeMicros: at }) => (at !== null && (most === null || at > most) ? at : most),
    null,
  )
  if (newest === null || nowMicros - newest <= BigInt(freshness.maxAgeSeconds) * 1_000_000n) return []
  const observed = `the newest event time is ${formatTimestamp(newest)}`
  const promised = `a batch's newest event time is at most ${freshness.text} old`
  return [{ rule: 'freshness', enforcement: freshness.enforcement, observed, promised, checked: rows }]
}

function addWholeTerms(found: Found, terms: WholeTerm[]): void {
  for (const { rule, enforcement, observed, promised, checked } of terms) {
    if (enforcement === 'strict') {
      const reason = `The contract asks for ${promised}: ${observed}.`
      found.refused.push(rowFault(0, null, undefined, rule, reason))
    } else
      found.warnings.push({
        rule,
        feature: null,
        rows: checked,
        checked,
        observed,
        promised,
        severity: 'warn',
      })
  }
}

/** Breaches that people read: how many rows, and where the first of them is. */
function warningOf(plan: RowPlan, checked: number, broken: BrokenCondition): Warning {
  const { kind, name, rows, listed } = broken
  const rule = kind === 'check' ? checkRule(name) : kind === 'unique' ? 'unique' : name
  const feature = kind === 'unique' ? name : broken.column
  const first = listed[0] ? `, the first is row ${listed[0].row}` : ''
  return {
    rule,
    feature,
    rows,
    checked,
    observed: `${rows} of ${many(checked)}${first}`,
    promised: promisedBy(plan, rule, feature),
    severity: 'warn',
  }
}

const warnsOf = <T extends { enforcement: Enforcement }>(all: T[]): T[] =>
  all.filter(({ enforcement }) => enforcement === 'warn')

async function addRowWarnings(
  found: Found,
  { plan, signal }: StageOptions,
  files: WrittenFile[],
): Promise<void> {
  const { terms, inexact } = contractTerms({ ...plan, columns: plan.warned })
  const request = {
    paths: files.map(({ path }) => path),
    columns: plan.warned.map(({ name, type }) => ({ name, type })),
    checks: warnsOf(plan.door.checks),
    terms,
    unique: warnsOf(plan.door.unique),
    withoutRows: [],
    limit: 1,
  }
  const { rows, broken } = await offlineStore().checkRows(request, signal)
  found.warnings.push(...broken.map((one) => warningOf(plan, rows, one)))
  for (const column of inexact) {
    const bad = await addInexact(noFaults(), plan, [column], files, signal)
    if (bad.length === 0) continue
    const listed = [{ row: Math.min(...bad), value: null, first: null }]
    const one: BrokenCondition = {
      name: 'pattern',
      kind: 'term',
      column: column.name,
      rows: bad.length,
      listed,
    }
    found.warnings.push(warningOf(plan, rows, one))
  }
}

/** Terms of single features that look at the whole batch. */
async function addWholeWarnings(
  found: Found,
  { plan, signal }: StageOptions,
  files: WrittenFile[],
): Promise<void> {
  const unique = plan.warned.filter(({ contract }) => contract?.unique === true)
  const shares = plan.warned.filter(({ contract }) => contract?.max_null_share !== undefined)
  if (unique.length === 0 && shares.length === 0) return
  const names = (columns: typeof unique) => columns.map(({ name }) => name)
  const paths = files.map(({ path }) => path)
  const ask = (repeated: string[], nullShares: string[], limit: number) =>
    offlineStore().checkWhole(
      { paths, unique: repeated, nullShares, withoutRows: [], afterRow: 0, limit },
      signal,
    )
  const { rows, nulls } = await ask([], names(shares.length > 0 ? shares : unique), 1)
  for (const { name, contract } of shares) {
    const count = nulls.find(({ column }) => column === name)?.count ?? 0
    if (rows === 0 || count / rows <= (contract?.max_null_share ?? 1)) continue
    const broken: BrokenCondition = {
      name: 'max_null_share',
      kind: 'term',
      column: name,
      rows: count,
      listed: [],
    }
    found.warnings.push(warningOf(plan, rows, broken))
  }
  for (const { name } of unique) {
    const { repeats, repeatedRows } = await ask([name], [], 1)
    if (repeatedRows === 0) continue
    const listed = repeats.map(({ row, value, first }) => ({ row, value, first }))
    const broken: BrokenCondition = { name: 'unique', kind: 'term', column: name, rows: repeatedRows, listed }
    found.warnings.push(warningOf(plan, rows, broken))
  }
}

/** Asks of a batch whose rows are written what none of its rows says alone, and what the contract only warns of. */
export async function checkBatch(options: StageOptions, batch: StagedBatch): Promise<Found> {
  const found: Found = { refused: [], warnings: [] }
  const files = filesOf(batch)
  const rows = files.reduce((sum, file) => sum + file.rows - file.tombstones, 0)
  if (rows === 0) return found
  const { plan } = options
  addWholeTerms(found, [...rowsTerm(plan, rows), ...freshnessTerm(options, files, rows)])
  const { door, warned } = plan
  if (warned.length > 0 || warnsOf(door.checks).length > 0 || warnsOf(door.unique).length > 0)
    await addRowWarnings(found, options, files)
  await addWholeWarnings(found, options, files)
  return found
}
