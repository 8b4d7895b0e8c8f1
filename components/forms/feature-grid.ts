import type { PermittedUse } from '@/lib/registry/operations'
import { contractColumns } from './contract-cells'
import type { GridColumn, GridRow } from './grid-model'

/** What a feature may be used for, as one cell: the names of the limits, between them a space. */
const permittedWords: Readonly<Record<string, string>> = {
  '': 'any',
  aggregate_only: 'aggregates only',
  no_reidentification: 'no re-identification',
  'aggregate_only no_reidentification': 'both limits',
}

export const permittedCell = (uses: readonly PermittedUse[]): string => uses.join(' ')

/** The member of a feature's body; none where the cell sets no limit. */
export function permittedOf(cell = ''): { permitted_use?: string[] } {
  const uses = cell.split(' ').filter((use) => use !== '')
  return uses.length > 0 ? { permitted_use: uses } : {}
}

export const permittedWord = (cell = ''): string => (cell === '' ? '' : (permittedWords[cell] ?? cell))

/** The grid's columns for the features of a group; types and classifications come from the registry. */
export function featureColumns(types: readonly string[], classifications: readonly string[]): GridColumn[] {
  return [
    {
      id: 'name',
      label: 'Name',
      kind: 'text',
      mono: true,
      required: true,
      width: '14rem',
      placeholder: 'mean_delay_7d',
    },
    {
      id: 'type',
      label: 'Type',
      kind: 'select',
      options: types,
      mono: true,
      required: true,
      width: '8rem',
      initial: types[0] ?? '',
    },
    {
      id: 'description',
      label: 'Meaning',
      kind: 'text',
      placeholder: 'What one value says, and in which unit',
    },
    {
      id: 'classification',
      label: 'Classification',
      kind: 'select',
      options: classifications,
      required: true,
      width: '7.5rem',
      initial: classifications.includes('internal') ? 'internal' : (classifications[0] ?? ''),
    },
    { id: 'tags', label: 'Tags', kind: 'text', width: '6.5rem', placeholder: 'delay hourly' },
    {
      id: 'permitted_use',
      label: 'Permitted use',
      kind: 'select',
      options: Object.keys(permittedWords),
      words: permittedWords,
      width: '9rem',
      initial: '',
    },
    ...contractColumns,
  ]
}

/** Turns `/features/3/name` pointers of a problem into the grid's error keys, the rest stays. */
export function gridErrors(
  fields: Readonly<Record<string, string>>,
  prefix: string,
  rows: readonly GridRow[],
): { errors: Record<string, string>; rest: Record<string, string> } {
  const errors: Record<string, string> = {}
  const rest: Record<string, string> = {}
  for (const [path, message] of Object.entries(fields)) {
    const match = path.startsWith(`${prefix}.`)
      ? /^(\d+)(?:\.(?:contract\.)?(\w+))?/.exec(path.slice(prefix.length + 1))
      : null
    const index = Number(match?.[1])
    const row = match ? rows[index] : undefined
    const column = match?.[2] ?? 'name'
    if (row) errors[`${index}.${column in row.cells ? column : 'name'}`] = message
    else rest[path] = message
  }
  return { errors, rest }
}
