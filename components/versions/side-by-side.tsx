import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { exactText } from '@/components/feature-group/words'
import { Time } from '@/components/ui/time'
import type { BlamedField } from '@/lib/registry/operations'
import { ClassWord } from './class-word'
import type { SideRow } from './sides'

const columnsOf = (from: string, to: string): TableColumn[] => [
  { id: 'field', header: 'Field', grow: false, fixed: true, phone: 'first' },
  { id: 'class', header: 'Change', width: '104px', phone: 'first' },
  { id: 'old', header: `@${from}`, grow: true, phone: 'second' },
  { id: 'new', header: `@${to}`, phone: 'second' },
  { id: 'blame', header: 'Last written in', from: 'lg' },
]

const shownValue = (value: unknown) =>
  value === null || value === undefined ? (
    <span className="text-muted">not there</span>
  ) : (
    <span
      className="block truncate font-mono text-12 max-md:max-w-[80vw] md:max-w-[15vw]"
      title={exactText(value)}
    >
      {exactText(value)}
    </span>
  )

/** In which revision a field got its value, by whom, and why. */
function Blame({ blame }: { blame: BlamedField }) {
  const { address, author, approved_by: approver, at, reason, recorded_later: isOlder } = blame
  const why = [reason, approver === null ? null : `Approved by ${approver}.`].filter(Boolean).join(' ')
  return (
    <span className="block max-w-60 truncate text-12" title={why || undefined}>
      <span className="font-mono">@{address}</span> {isOlder ? 'or before' : author},{' '}
      <Time at={at} precision="day" />
      {reason ? <span className="text-muted"> · {reason}</span> : null}
    </span>
  )
}

/** Two versions or revisions beside each other; what differs bears its class. */
export function SideBySide({ rows, from, to }: { rows: readonly SideRow[]; from: string; to: string }) {
  return (
    <DataTable
      bare
      label={`@${from} beside @${to}`}
      columns={columnsOf(from, to)}
      rows={rows.map((row) => ({
        id: row.field,
        cells: {
          field: (
            <code
              className="block max-w-[70vw] truncate md:max-w-[22vw] xl:max-w-70 font-mono text-12"
              title={row.field}
            >
              {row.field}
            </code>
          ),
          class: row.class ? <ClassWord of={row.class} /> : <span className="text-muted">same</span>,
          old: shownValue(row.old),
          new: shownValue(row.new),
          blame: row.blame ? <Blame blame={row.blame} /> : null,
        },
      }))}
    />
  )
}
