import { doubleHoldsText } from '@/lib/core/feature-type'
import type { Contract } from '@/lib/registry/operations'
import type { GridColumn } from './grid-model'

type Cells = Readonly<Record<string, string>>

/** The terms of a feature's contract that have a cell of their own. */
export const contractColumns: GridColumn[] = [
  {
    id: 'nullable',
    label: 'Nulls',
    kind: 'select',
    options: ['', 'none', 'allowed'],
    words: { '': 'not said' },
    width: '6.5rem',
    initial: '',
    extra: true,
  },
  { id: 'min', label: 'Least', kind: 'text', mono: true, width: '6rem', placeholder: '0', extra: true },
  { id: 'max', label: 'Most', kind: 'text', mono: true, width: '6rem', placeholder: '100', extra: true },
  {
    id: 'allowed',
    label: 'Allowed values',
    kind: 'text',
    mono: true,
    width: '9rem',
    placeholder: 'A | B | C',
    extra: true,
  },
  {
    id: 'pattern',
    label: 'Pattern',
    kind: 'text',
    mono: true,
    width: '8rem',
    placeholder: '[A-Z]{3}',
    extra: true,
  },
]

const isPlain = (value: string) => value !== '' && value === value.trim() && !/^\[|\|/.test(value)

/** Values between bars; as JSON where one of them holds a bar or ends in spaces. */
const allowedCell = (values: readonly string[]): string =>
  values.every(isPlain) ? values.join(' | ') : JSON.stringify(values)

function allowedIn(cell: string): string[] {
  if (cell.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(cell)
      if (Array.isArray(parsed)) return parsed.map(String)
    } catch {
      // No JSON: a list whose first value begins with a bracket.
    }
  }
  return cell
    .split('|')
    .map((value) => value.trim())
    .filter((value) => value !== '')
}

/** A contract as cells; what has no cell is in `rest`. */
export function contractCells(contract: Contract | null): { cells: Record<string, string>; rest: Contract } {
  const { nullable, min, max, allowed, pattern, ...rest } = contract ?? {}
  return {
    cells: {
      nullable: nullable === undefined ? '' : nullable ? 'allowed' : 'none',
      min: min === undefined ? '' : String(min),
      max: max === undefined ? '' : String(max),
      allowed: allowed ? allowedCell(allowed) : '',
      pattern: pattern ?? '',
    },
    rest,
  }
}

/** A bound as a number where a double holds it, else as written: the registry says what is wrong with it. */
const boundOf = (text: string): number | string =>
  /^-?\d/.test(text) && doubleHoldsText(text) ? Number(text) : text

const mayBeNull: Readonly<Record<string, boolean>> = { none: false, allowed: true }

/** The member of a feature's body, over what its contract holds beyond the cells; none where nothing is promised. */
export function contractOf(cells: Cells, rest: object = {}): { contract?: object } {
  const { nullable = '', min = '', max = '', allowed = '', pattern = '' } = cells
  const contract = {
    ...rest,
    ...(nullable === '' ? {} : { nullable: mayBeNull[nullable] ?? nullable }),
    ...(min.trim() === '' ? {} : { min: boundOf(min.trim()) }),
    ...(max.trim() === '' ? {} : { max: boundOf(max.trim()) }),
    ...(allowed.trim() === '' ? {} : { allowed: allowedIn(allowed.trim()) }),
    ...(pattern === '' ? {} : { pattern }),
  }
  return Object.keys(contract).length > 0 ? { contract } : {}
}

/** What the cells promise, in words; empty where they promise nothing. */
export function contractWords({
  nullable = '',
  min = '',
  max = '',
  allowed = '',
  pattern = '',
}: Cells): string {
  return [
    nullable === 'none' ? 'no nulls' : '',
    min === '' ? '' : `≥ ${min}`,
    max === '' ? '' : `≤ ${max}`,
    allowed === '' ? '' : `one of ${allowed}`,
    pattern === '' ? '' : `matches ${pattern}`,
  ]
    .filter(Boolean)
    .join(', ')
}
