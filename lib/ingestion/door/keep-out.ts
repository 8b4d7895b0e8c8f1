import { type BrokenCondition, offlineStore, type WrittenFile } from '@/lib/offline'
import { rowFault } from '../row-fault'
import type { RowPlan } from '../row-plan'
import { addFault, type SourceFaults } from '../source-faults'
import { type Door, keepsOut } from './door'
import { checkRule } from './promised'

interface Asked {
  plan: RowPlan
  files: WrittenFile[]
  withoutRows: number[]
  limit: number
}

/** Why a row is kept out, as its error says it. */
function reasonOf({ checks }: Door, { kind, name }: BrokenCondition, first: number | null): string {
  if (kind === 'unique') return `Row ${first} has the same (${name}) already.`
  const expression = checks.find((check) => check.name === name)?.expression
  return `The row breaks the contract's check \`${name}\`: ${expression}.`
}

/** Rows of written files that break the strict checks of a group's contract. Returns them. */
export async function keepOut(
  found: SourceFaults,
  { plan, files, withoutRows, limit }: Asked,
  signal: AbortSignal,
): Promise<number[]> {
  const { door } = plan
  if (files.length === 0 || !keepsOut(door)) return []
  const strict = <T extends { enforcement: string }>(all: T[]) =>
    all.filter(({ enforcement }) => enforcement === 'strict')
  const request = {
    paths: files.map(({ path }) => path),
    columns: [],
    checks: strict(door.checks),
    terms: [],
    unique: strict(door.unique),
    withoutRows,
    limit,
  }
  const { broken } = await offlineStore().checkRows(request, signal)
  const bad = new Set<number>()
  for (const condition of broken) {
    const rule = condition.kind === 'unique' ? 'unique' : checkRule(condition.name)
    const column = condition.kind === 'unique' ? condition.name : null
    for (const { row, first } of condition.listed) {
      addFault(found, rowFault(row, column, undefined, rule, reasonOf(door, condition, first)))
      bad.add(row)
    }
    found.unlisted += Math.max(0, condition.rows - condition.listed.length)
  }
  return [...bad]
}
