'use client'
import { Download, SlidersHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Menu, type MenuSection } from '@/components/ui/menu'
import { applyToRoot, type Preferences, rememberPreference } from '@/components/ui/preferences'
import { FilterBox } from './filter-box'
import { nextSort, type Sort, toggleHidden } from './table-state'
import type { TableColumn } from './types'

export interface TableToolbarProps {
  columns: readonly TableColumn[]
  hidden: readonly string[]
  sort: Sort | null
  link: (changes: Record<string, string | number | null>) => string
  filterPlaceholder?: string
  csvHref?: string
  children?: ReactNode
}

function setRows(rows: Preferences['rows']) {
  applyToRoot('rows', rows)
  rememberPreference('rows', rows)
}

/** The line above a list: filter and facets left; order, columns, row height and CSV right. */
export function TableToolbar(props: TableToolbarProps) {
  const { columns, hidden, sort, link, filterPlaceholder, csvHref, children } = props
  const sections: MenuSection[] = [
    {
      label: 'Sort by',
      items: columns
        .filter((column) => column.sortable)
        .map((column) => ({
          label: column.header,
          checked: sort?.column === column.id,
          href: link({ sort: nextSort(sort, column.id, column.align === 'right'), page: null, cursor: null }),
        })),
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
                href: link({ hide: toggleHidden(hidden, column.id) }),
              },
            ],
      ),
    },
    {
      label: 'Row height',
      items: [
        { label: 'Compact, 28 px', onSelect: () => setRows('compact') },
        { label: 'Normal, 32 px', onSelect: () => setRows('normal') },
        { label: 'Comfortable, 40 px', onSelect: () => setRows('comfortable') },
      ],
    },
  ]
  return (
    <div className="flex flex-wrap items-center gap-2 pb-2">
      {filterPlaceholder ? <FilterBox placeholder={filterPlaceholder} /> : null}
      {children}
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
