import { cn } from '@/components/ui/cn'
import { scrollRegion } from '@/components/ui/scroll-region'
import { Time } from '@/components/ui/time'
import { Mask } from './mask'
import { columnsInOrder, isMasked, type RowColumn, type RowsAnswer, type ShownColumn } from './rows-answer'
import { exactText, shortText } from './words'

const numberTypes = /^(int|float|decimal)/
const isRight = (column: RowColumn) => numberTypes.test(column.type)

const headCell =
  'sticky top-0 z-10 h-11 whitespace-nowrap border-b border-b-control bg-page px-2 text-left align-bottom font-normal text-12 first:left-0 first:z-20 first:pl-0'
const bodyCell = 'h-8 whitespace-nowrap border-b px-2 first:sticky first:left-0 first:bg-page first:pl-0'

function Head({ column }: { column: ShownColumn }) {
  const kind = isMasked(column) ? `${column.type}, masked` : column.type
  const role = column.role === 'key' ? 'key' : column.role === 'event_time' ? 'event time' : kind
  return (
    <th scope="col" className={cn(headCell, isRight(column) && 'text-right')}>
      <span className="block font-mono">{column.name}</span>
      <span className="block pb-1 text-11 text-muted leading-4">{role}</span>
    </th>
  )
}

/** Ids begin with their time, so that only their ends tell two of one hour apart. */
const shortId = (id: string) => (id.length > 14 ? `${id.slice(0, 6)}…${id.slice(-6)}` : id)

function Value({ value, column }: { value: unknown; column: RowColumn }) {
  if (value === null || value === undefined) return <span className="text-muted">null</span>
  if (column.role === 'event_time' && typeof value === 'string') return <Time at={value} precision="second" />
  return (
    <span className="inline-block max-w-72 truncate align-bottom" title={exactText(value)}>
      {shortText(value)}
    </span>
  )
}

function Cell({
  row,
  column,
  deleted,
}: {
  row: RowsAnswer['rows'][number]
  column: ShownColumn
  deleted: boolean
}) {
  if (isMasked(column)) return <Mask column={column.name} />
  if (deleted && column.role !== 'key' && column.role !== 'event_time') return 'deleted'
  return <Value value={row[column.name]} column={column} />
}

function Row({ row, columns }: { row: RowsAnswer['rows'][number]; columns: readonly ShownColumn[] }) {
  const deleted = row._op === 'delete'
  return (
    <tr className={cn('hover:bg-ink-tint', deleted && 'text-muted')}>
      {columns.map((column) => (
        <td
          key={column.name}
          className={cn(
            bodyCell,
            isRight(column) && 'num text-right',
            column.role === 'key' && 'font-mono text-12',
          )}
        >
          <Cell row={row} column={column} deleted={deleted} />
        </td>
      ))}
      <td className={bodyCell}>
        <Time at={String(row._created)} precision="second" />
      </td>
      <td className={cn(bodyCell, 'font-mono text-12 text-muted')} title={String(row._commit)}>
        {shortId(String(row._commit))}
      </td>
    </tr>
  )
}

interface RowsTableProps extends RowsAnswer {
  label: string
}

/** Rows as they stand in the history; wide ones scroll inside this box, never the page. */
export function RowsTable({ label, ...answer }: RowsTableProps) {
  const { rows } = answer
  const columns = columnsInOrder(answer)
  return (
    <div {...scrollRegion(label)} className="relative max-h-112 overflow-auto border-y">
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.name} column={column} />
            ))}
            <th scope="col" className={headCell}>
              <span className="block pb-5">Arrived</span>
            </th>
            <th scope="col" className={headCell}>
              <span className="block pb-5">Commit</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row._commit}${row._row}`} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
