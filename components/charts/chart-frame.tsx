import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

export interface ChartTable {
  head: readonly string[]
  /** Cells as text; the first is the row's heading. */
  rows: readonly (readonly string[])[]
}

export interface ChartFrameProps {
  /** The finding, as a sentence. */
  title: ReactNode
  /** What is drawn: measure, unit, window, zone. */
  note?: ReactNode
  table: ChartTable
  className?: string
  children: ReactNode
}

/** Title, drawing and the drawing's table, which opens underneath. */
export function ChartFrame({ title, note, table, className, children }: ChartFrameProps) {
  return (
    <figure className={cn('flex min-w-0 flex-col gap-2', className)}>
      <figcaption>
        <span className="font-medium text-15">{title}</span>
        {note ? <span className="block text-12 text-muted">{note}</span> : null}
      </figcaption>
      {children}
      <details className="text-12">
        <summary className="w-max rounded-control text-muted hover:text-ink max-md:min-h-11 max-md:pt-3">
          Table of these numbers
        </summary>
        <NumbersTable table={table} />
      </details>
    </figure>
  )
}

function NumbersTable({ table }: { table: ChartTable }) {
  return (
    <div className="relative mt-2 max-h-80 overflow-auto">
      <table className="num w-full border-separate border-spacing-0">
        <thead>
          <tr>
            {table.head.map((text, index) => (
              <th
                key={text}
                scope="col"
                className={cn(
                  'sticky top-0 h-7 whitespace-nowrap border-b border-b-control bg-page px-2 font-normal text-muted first:pl-0',
                  index === 0 ? 'text-left' : 'text-right',
                )}
              >
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([first, ...rest], row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a drawing have no identity of their own
            <tr key={row}>
              <th
                scope="row"
                className="h-7 whitespace-nowrap border-b px-2 text-left font-normal first:pl-0"
              >
                {first}
              </th>
              {rest.map((text, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells stand in the order of the head
                <td key={column} className="h-7 whitespace-nowrap border-b px-2 text-right">
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
