import { ArrowDown, ArrowUp } from 'lucide-react'
import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import { toRoute } from '@/components/ui/route'
import { headerClass } from './cell-class'
import type { Sort } from './table-state'
import type { TableColumn } from './types'

export interface SortHeaderProps {
  column: TableColumn
  first: boolean
  sticky: boolean
  sort: Sort | null
  /** The list sorted by this column; absent when it cannot be. */
  href?: string
}

export function SortHeader({ column, first, sticky, sort, href }: SortHeaderProps) {
  const sorted = sort?.column === column.id ? sort : null
  const Arrow = sorted?.descending ? ArrowDown : ArrowUp
  const order = sorted ? (sorted.descending ? 'descending' : 'ascending') : undefined
  return (
    <th
      scope="col"
      aria-sort={href ? (order ?? 'none') : undefined}
      style={column.width ? { width: column.width } : undefined}
      className={headerClass(column, first, sticky)}
    >
      {href ? (
        <Link
          href={toRoute(href)}
          scroll={false}
          className={cn(
            'group/sort inline-flex items-center align-middle gap-1 hover:text-ink',
            column.align === 'right' && 'flex-row-reverse',
            sorted && 'font-medium text-ink',
          )}
        >
          {column.header}
          <Arrow
            aria-hidden
            className={cn(
              'size-3',
              !sorted && 'opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100',
            )}
          />
        </Link>
      ) : (
        column.header
      )}
    </th>
  )
}
