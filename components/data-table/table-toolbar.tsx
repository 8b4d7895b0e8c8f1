'use client'
import { Download, SlidersHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Menu, type MenuSection } from '@/components/ui/menu'
import { applyToRoot, type Preferences, rememberPreference } from '@/components/ui/preferences'
import { FilterBox } from './filter-box'
import { isSameSort, nextSort, type Sort, toggleHidden } from './table-state'
import type { TableColumn, TableOrder } from './types'

export interface TableToolbarProps {
  columns: readonly TableColumn[]
  hidden: readonly string[]
  sort: Sort | null
  link: (changes: Record<string, string | number | null>) => string
  filterPlaceholder?: string
  csvHref?: string
  lines: 1 | 2
  /** Called with the value of `hide` that the reader chose. */
  onHide: (hide: string | null) => void
  /** More orders than the columns give: the first one, of a search, is by relevance. */
  orders: readonly TableOrder[]
  children?: ReactNode
}

const rowHeights = {
  1: { compact: 28, normal: 32, comfortable: 40 },
  2: { compact: 38, normal: 44, comfortable: 52 },
}

function setRows(rows: Preferences['rows']) {
  applyToRoot('rows', rows)
  rememberPreference('rows', rows)
}

/** The line above a list: filter and facets left; order, columns, row height and CSV right. */
export function TableToolbar(props: TableToolbarProps) {
  const { columns, hidden, sort, link, filterPlaceholder, csvHref, lines, orders, onHide } = props
  const heights = rowHeights[lines]
  const onlySort = { page: null, cursor: null }
  const sections: MenuSection[] = [
    {
      label: 'Sort by',
      items: [
        ...orders.map(({ label, sort: order }) => ({
          label,
          checked: isSameSort(sort, order),
          href: link({ sort: order, ...onlySort }),
        })),
        ...columns
          .filter((column) => column.sortable)
          .map((column) => ({
            label: column.header,
            checked: sort?.column === column.id,
            href: link({ sort: nextSort(sort, column.id, column.align === 'right'), ...onlySort }),
          })),
      ],
    },
    {
      label: 'Columns',
      items: columns.slice(1).flatMap((column) =>
        column.fixed
          ? []
          : [
              {
                label: column.header,
                checked: !hidden.includes(column.id),
                onSelect: () => onHide(toggleHidden(hidden, column.id)),
              },
            ],
      ),
    },
    {
      label: 'Row height',
      items: [
        { label: `Compact, ${heights.compact} px`, onSelect: () => setRows('compact') },
        { label: `Normal, ${heights.normal} px`, onSelect: () => setRows('normal') },
        { label: `Comfortable, ${heights.comfortable} px`, onSelect: () => setRows('comfortable') },
      ],
    },
  ]
  return (
    <div className="flex flex-wrap items-center gap-2 pb-2">
      {filterPlaceholder ? <FilterBox placeholder={filterPlaceholder} /> : null}
      {props.children}
      <div className="ml-auto flex items-center gap-1">
        <Menu
          align="end"
          sections={sections.filter((section) => section.items.length > 0)}
          trigger={
            <Button variant="quiet" size="small">
              <SlidersHorizontal aria-hidden className="size-3.5" />
              View
            </Button>
          }
        />
        {csvHref ? (
          <ButtonLink href={csvHref} download variant="quiet" size="small">
            <Download aria-hidden className="size-3.5" />
            CSV
          </ButtonLink>
        ) : null}
      </div>
    </div>
  )
}
