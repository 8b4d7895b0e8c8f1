'use client'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { type MouseEvent, type ReactNode, useMemo, useRef } from 'react'
import { toRoute, withParams } from '@/components/ui/route'
import { ChosenBar } from './chosen-rows'
import type { ListMemory } from './list-memory'
import { RowMenu } from './row-menu'
import { TableFooter } from './table-footer'
import { TableHead } from './table-head'
import { TableLine } from './table-line'
import { parseHidden, parseSort } from './table-state'
import { TableToolbar } from './table-toolbar'
import type { Pager, TableColumn, TableOrder, TableRow } from './types'
import { useChosen } from './use-chosen'
import { useListMemory } from './use-list-memory'
import { useRowActs } from './use-row-acts'
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
  /** Orders beside those of the columns. */
  orders?: readonly TableOrder[]
  /** Rows can be chosen: what is done with them, which asks `useChosenRows`. */
  bulk?: ReactNode
  /** What this browser remembers of the list. */
  memory?: ListMemory
  /** A plain table inside a page: no line above, no keys j and k. */
  bare?: boolean
}

/** What the list of keys names of this list. */
const keysOf = (rows: readonly TableRow[], isChoosable: boolean) =>
  [
    'open',
    rows.some(({ peekHref }) => peekHref) && 'peek',
    isChoosable && 'choose',
    rows.some(({ acts }) => acts) && 'acts',
  ]
    .filter(Boolean)
    .join(' ')

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
  const memory = useListMemory(props.memory)
  const hidden = parseHidden(params.get('hide') ?? memory.hide)
  const link = (changes: Record<string, string | number | null>) => withParams(pathname, search, changes)
  const ids = useMemo(() => rows.map(({ id }) => id), [rows])
  const choosing = useChosen(ids)
  const chosen = props.bulk === undefined || bare ? null : choosing
  const { open, act, menuOf, setMenuOf } = useRowActs(body, rows, selectedId)
  useRowKeys(body, !bare, rows, {
    open,
    act,
    menu: setMenuOf,
    ...(chosen ? { choose: chosen.toggle } : {}),
  })

  const shown = columns.filter(({ id }) => !hidden.includes(id))
  const onRowClick = (event: MouseEvent, row: TableRow) => {
    if (!row.href || isControl(event.target) || window.getSelection()?.toString()) return
    if (event.metaKey || event.ctrlKey) window.open(row.href, '_blank', 'noopener')
    else open(row.peekHref ?? row.href)
  }
  const menuFor = (row: TableRow) =>
    menuOf === row.id ? (
      <RowMenu
        row={row}
        choose={chosen ? { isChosen: chosen.has(row.id), toggle: () => chosen.toggle(row.id) } : null}
        open={open}
        act={act}
        onClose={() => setMenuOf(null)}
      />
    ) : null
  return (
    <div className="min-w-0">
      {bare ? null : (
        <TableToolbar
          columns={columns}
          hidden={hidden}
          sort={sort}
          link={link}
          lines={lines}
          orders={props.orders ?? []}
          onHide={(hide) => {
            memory.keep({ hide })
            router.replace(toRoute(link({ hide })), { scroll: false })
          }}
          {...(props.filterPlaceholder ? { filterPlaceholder: props.filterPlaceholder } : {})}
          {...(props.csvHref ? { csvHref: props.csvHref } : {})}
        >
          {props.toolbar}
        </TableToolbar>
      )}
      {instead ?? (
        <div className="relative max-xl:overflow-x-auto">
          <table aria-label={label} className="w-full border-separate border-spacing-0 max-md:block">
            <TableHead
              label={label}
              columns={shown}
              sort={sort}
              sticky={!bare}
              link={link}
              chosen={chosen}
              rowCount={rows.length}
            />
            <tbody
              ref={body}
              data-row-keys={bare ? undefined : keysOf(rows, chosen !== null)}
              className="max-md:block"
            >
              {rows.map((row) => (
                <TableLine
                  key={row.id}
                  row={row}
                  columns={shown}
                  lines={lines}
                  isSelected={row.id === selectedId}
                  chosen={chosen}
                  onClick={(event) => onRowClick(event, row)}
                  menu={menuFor(row)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pager && !instead ? (
        <TableFooter
          pager={pager}
          shown={rows.length}
          link={link}
          onSize={(limit) => memory.keep({ limit })}
        />
      ) : null}
      {chosen ? (
        <ChosenBar ids={chosen.chosen} clear={chosen.clear}>
          {props.bulk}
        </ChosenBar>
      ) : null}
    </div>
  )
}
