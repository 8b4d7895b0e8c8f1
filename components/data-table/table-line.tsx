'use client'
import type { MouseEvent, ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { cellClass, rowClass } from './cell-class'
import { RowChoice } from './row-choice'
import type { TableColumn, TableRow } from './types'
import type { Choosing } from './use-chosen'

interface TableLineProps {
  row: TableRow
  columns: readonly TableColumn[]
  lines: 1 | 2
  /** It is the one in the panel. */
  isSelected: boolean
  chosen: Choosing | null
  onClick: (event: MouseEvent) => void
  /** Stands at the row's beginning and takes no room. */
  menu: ReactNode
}

/** A cell of the server's stands alone among its siblings: beside others React would ask it for a key. */
const Cell = ({ children }: { children: ReactNode }) => children

/** One row of a list. */
export function TableLine({ row, columns, lines, isSelected, chosen, onClick, menu }: TableLineProps) {
  const { id, href, cells } = row
  const isChosen = chosen?.has(id) ?? false
  return (
    <tr
      tabIndex={-1}
      aria-current={isSelected ? 'true' : undefined}
      onClick={onClick}
      className={cn(rowClass, href && 'cursor-pointer', isChosen && 'bg-accent-tint')}
    >
      {chosen ? (
        <RowChoice
          as="td"
          label={`Choose ${id.slice(id.indexOf('/') + 1)}`}
          checked={isChosen}
          isChoosing={chosen.chosen.length > 0}
          onToggle={() => chosen.toggle(id)}
        />
      ) : null}
      {columns.map((column, index) => (
        <td key={column.id} className={cellClass(column, index === 0, lines)}>
          {index === 0 ? menu : null}
          <Cell>{cells[column.id] ?? <span className="text-muted">–</span>}</Cell>
        </td>
      ))}
    </tr>
  )
}
