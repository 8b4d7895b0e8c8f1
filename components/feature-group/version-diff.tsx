import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { type State, StateWord } from '@/components/ui/state'
import type { DiffResource } from '@/lib/registry/operations'
import { exactText } from './words'

const columns: TableColumn[] = [
  { id: 'field', header: 'Field', width: '320px', fixed: true, phone: 'first' },
  { id: 'class', header: 'Class', width: '112px', phone: 'first' },
  { id: 'old', header: 'Before', grow: true, phone: 'second' },
  { id: 'new', header: 'After', width: '36%', phone: 'second' },
]

const classes: Record<DiffResource['changes'][number]['class'], State> = {
  breaking: 'fail',
  warning: 'warn',
  info: 'ok',
}

const shown = (value: unknown) =>
  value === null || value === undefined ? (
    <span className="text-muted">not there</span>
  ) : (
    <span className="block truncate font-mono text-12" title={exactText(value)}>
      {exactText(value)}
    </span>
  )

/** What differs between two versions, field by field. */
export function VersionDiff({ diff }: { diff: DiffResource }) {
  if (diff.changes.length === 0) return <p className="text-muted">The two versions do not differ.</p>
  return (
    <DataTable
      bare
      label={`Changes from version ${diff.from} to ${diff.to}`}
      columns={columns}
      rows={diff.changes.map((change) => ({
        id: change.field,
        cells: {
          field: <code className="font-mono text-12">{change.field}</code>,
          class: <StateWord state={classes[change.class]}>{change.class}</StateWord>,
          old: shown(change.old),
          new: shown(change.new),
        },
      }))}
    />
  )
}
