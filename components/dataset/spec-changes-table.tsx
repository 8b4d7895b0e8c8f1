import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { TimedText } from '@/components/ui/timed-text'
import type { SpecChange } from './spec-changes'

const columns: TableColumn[] = [
  { id: 'what', header: 'What differs', width: '320px', grow: false, fixed: true, phone: 'first' },
  { id: 'change', header: 'Change', width: '100px', phone: 'first' },
  { id: 'from', header: 'Before', grow: true, phone: 'second' },
  { id: 'to', header: 'After', width: '36%', phone: 'second' },
]

const shown = (text: string | null) =>
  text === null ? (
    <span className="text-muted">not there</span>
  ) : (
    <span className="num block truncate" title={text}>
      <TimedText text={text} />
    </span>
  )

/** The word in plain type, the name that it speaks of in mono. */
function What({ text }: { text: string }) {
  const [, word = text, name] = /^(Feature|Column|Join of|Revision of) (\S+)$/.exec(text) ?? []
  return (
    <span className="block truncate" title={text}>
      {word} {name ? <span className="font-mono text-12">{name}</span> : null}
    </span>
  )
}

/** What differs between two versions, a row each. */
export function SpecChangesTable({ changes }: { changes: readonly SpecChange[] }) {
  return (
    <DataTable
      bare
      label="What differs"
      columns={columns}
      rows={changes.map(({ id, what, change, from, to }) => ({
        id,
        cells: {
          what: <What text={what} />,
          change: change,
          from: shown(from),
          to: shown(to),
        },
      }))}
    />
  )
}
