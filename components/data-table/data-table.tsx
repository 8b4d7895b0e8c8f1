'use client'
import { type ColumnDef, flexRender, getCoreRowModel, useReactTable } from '@tanstack/react-table'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { type MouseEvent, type ReactNode, useMemo, useRef } from 'react'
import { cn } from '@/components/ui/cn'
import { toRoute, withParams } from '@/components/ui/route'
import { cellClass, rowClass } from './cell-class'
import { SortHeader } from './sort-header'
import { TableFooter } from './table-footer'
import { nextSort, parseHidden, parseSort } from './table-state'
import { TableToolbar } from './table-toolbar'
import type { Pager, TableColumn, TableRow } from './types'
import { useRowKeys } from './use-row-keys'

export interface DataTableProps {
  /** The table's accessible name: "Features". */
  label: string
  columns: readonly TableColumn[]
  rows: readonly TableRow[]
  /** Stands in place of the rows: <EmptyState>, <ErrorState>, <RefusedState>, <SkeletonRows>. */
  instead?: ReactNode
  /** What `sort` means when the address has none, e.g. "-readers". */
  defaultSort?: string
  pager?: Pager
  /** Rows of two lines are 44 px high. */
  lines?: 1 | 2
  /** The row in the panel. */
  selectedId?: string
  /** Shows a filter box for the parameter `q`. */
  filterPlaceholder?: string
  /** Facets, chips: left in the line above the table. */
  toolbar?: ReactNode
  csvHref?: string
  /** A plain table inside a page: no line above, no keys j and k. */
  bare?: boolean
}

const isControl = (target: EventTarget) =>
  target instanceof Element &&
  Boolean(target.closest('a, button, input, select, label, summary, [role="menuitem"]'))

/** A list whose sort, filter, page and columns are the address; the server does the work. */
export function DataTable(props: DataTableProps) {
  const { label, columns, rows, instead, defaultSort, pager, lines = 1, selectedId, bare = false } = props
  const pathname = usePathname()
  const params = useSearchParams()
  const router = useRouter()
  const body = useRef<HTMLTableSectionElement>(null)
  const search = params.toString()
  const sort = parseSort(params.get('sort'), defaultSort)
  const hidden = parseHidden(params.get('hide'))
  const link = (changes: Record<string, string | number | null>) => withParams(pathname, search, changes)
  const open = (href: string | undefined) => href && router.push(toRoute(href), { scroll: false })
  useRowKeys(body, !bare, rows, open)

  const definitions = useMemo<ColumnDef<TableRow>[]>(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        cell: ({ row }) => row.original.cells[column.id] ?? <span className="text-muted">–</span>,
      })),
    [columns],
  )
  const data = useMemo(() => [...rows], [rows])
  const table = useReactTable({
    data,
    columns: definitions,
    state: { columnVisibility: Object.fromEntries(hidden.map((id) => [id, false])) },
    getRowId: (row) => row.id,
    manualSorting: true,
    manualPagination: true,
    getCoreRowModel: getCoreRowModel(),
  })
  const columnOf = (id: string) => columns.find((column) => column.id === id)
  const onRowClick = (event: MouseEvent, row: TableRow) => {
    if (!row.href || isControl(event.target) || window.getSelection()?.toString()) return
    if (event.metaKey || event.ctrlKey) window.open(row.href, '_blank', 'noopener')
    else router.push(toRoute(row.href))
  }
  return (
    <div className="min-w-0">
      {bare ? null : (
        <TableToolbar
          columns={columns}
          hidden={hidden}
          sort={sort}
          link={link}
          {...(props.filterPlaceholder ? { filterPlaceholder: props.filterPlaceholder } : {})}
          {...(props.csvHref ? { csvHref: props.csvHref } : {})}
        >
          {props.toolbar}
        </TableToolbar>
      )}
      {instead ?? (
        <div className="relative max-xl:overflow-x-auto">
          <table aria-label={label} className="w-full border-separate border-spacing-0 max-md:block">
            <thead className="max-md:sr-only">
              {table.getHeaderGroups().map((group) => (
                <tr key={group.id}>
                  {group.headers.map((header, index) => {
                    const column = columnOf(header.id)
                    if (!column) return null
                    const href = column.sortable
                      ? link({
                          sort: nextSort(sort, column.id, column.align === 'right'),
                          page: null,
                          cursor: null,
                        })
                      : undefined
                    return (
                      <SortHeader
                        key={header.id}
                        column={column}
                        first={index === 0}
                        sticky={!bare}
                        sort={sort}
                        {...(href ? { href } : {})}
                      />
                    )
                  })}
                </tr>
              ))}
            </thead>
            <tbody
              ref={body}
              data-row-keys={bare ? undefined : rows.some(({ peekHref }) => peekHref) ? 'peek' : 'open'}
              className="max-md:block"
            >
              {table.getRowModel().rows.map((row) => (
                <tr
                  key={row.id}
                  tabIndex={-1}
                  aria-current={row.id === selectedId ? 'true' : undefined}
                  onClick={(event) => onRowClick(event, row.original)}
                  className={cn(rowClass, row.original.href && 'cursor-pointer')}
                >
                  {row.getVisibleCells().map((cell, index) => {
                    const column = columnOf(cell.column.id)
                    return column ? (
                      <td key={cell.id} className={cellClass(column, index === 0, lines)}>
                        {flexRender(cell.column.columnDef.cell, cell.getContext())}
                      </td>
                    ) : null
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pager && !instead ? <TableFooter pager={pager} shown={rows.length} link={link} /> : null}
    </div>
  )
}
