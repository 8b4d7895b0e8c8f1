'use client'
import type { HeaderGroup } from '@tanstack/react-table'
import { RowChoice } from './row-choice'
import { SortHeader } from './sort-header'
import { nextSort, type Sort } from './table-state'
import type { TableColumn, TableRow } from './types'
import type { Choosing } from './use-chosen'

interface TableHeadProps {
  label: string
  group: HeaderGroup<TableRow>
  columns: readonly TableColumn[]
  sort: Sort | null
  sticky: boolean
  link: (changes: Record<string, string | number | null>) => string
  /** Null: rows of this list are not chosen. */
  chosen: Choosing | null
  rowCount: number
}

/** The columns' names, each the way to its order, and the box of all rows. */
export function TableHead({ label, group, columns, sort, sticky, link, chosen, rowCount }: TableHeadProps) {
  const count = chosen?.chosen.length ?? 0
  return (
    <thead className="max-md:sr-only">
      <tr className="group/row">
        {chosen ? (
          <RowChoice
            as="th"
            label={`Choose all of ${label}`}
            checked={count > 0 && count === rowCount}
            indeterminate={count > 0 && count < rowCount}
            isChoosing={count > 0}
            onToggle={() => chosen.all(count < rowCount)}
          />
        ) : null}
        {group.headers.map((header, index) => {
          const column = columns.find(({ id }) => id === header.id)
          if (!column) return null
          const order = nextSort(sort, column.id, column.align === 'right')
          const href = column.sortable ? link({ sort: order, page: null, cursor: null }) : undefined
          return (
            <SortHeader
              key={header.id}
              column={column}
              first={index === 0}
              sticky={sticky}
              sort={sort}
              {...(href ? { href } : {})}
            />
          )
        })}
      </tr>
    </thead>
  )
}
