'use client'
import { RowChoice } from './row-choice'
import { SortHeader } from './sort-header'
import { nextSort, type Sort } from './table-state'
import type { TableColumn } from './types'
import type { Choosing } from './use-chosen'

interface TableHeadProps {
  label: string
  columns: readonly TableColumn[]
  sort: Sort | null
  sticky: boolean
  link: (changes: Record<string, string | number | null>) => string
  /** Null: rows of this list are not chosen. */
  chosen: Choosing | null
  rowCount: number
}

/** The columns' names, each the way to its order, and the box of all rows. */
export function TableHead({ label, columns, sort, sticky, link, chosen, rowCount }: TableHeadProps) {
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
        {columns.map((column, index) => {
          const order = nextSort(sort, column.id, column.align === 'right')
          const href = column.sortable ? link({ sort: order, page: null, cursor: null }) : undefined
          return (
            <SortHeader
              key={column.id}
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
