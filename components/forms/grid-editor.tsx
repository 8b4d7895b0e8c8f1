'use client'
import { Plus } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'
import { plural } from '@/components/ui/format-number'
import { Kbd } from '@/components/ui/kbd'
import { scrollRegion } from '@/components/ui/scroll-region'
import { GridCell } from './grid-cell'
import { GridHead } from './grid-head'
import { moveForKey } from './grid-keys'
import { GridLine } from './grid-line'
import {
  fillDown,
  filledRows,
  type GridColumn,
  type GridRow,
  newRow,
  pasteBlock,
  removeRow,
  setCell,
} from './grid-model'
import { parseSheet } from './sheet'

export interface GridEditorProps {
  /** "Features". */
  label: string
  /** What a row is: "feature". */
  noun: string
  columns: readonly GridColumn[]
  /** What the columns are together that are shown when asked for: "contract". */
  extraLabel?: string
  rows: readonly GridRow[]
  onChange: (rows: GridRow[]) => void
  /** By `${row index}.${column id}`. */
  errors?: Readonly<Record<string, string>>
  /** Under a row, e.g. similar features that already exist. */
  below?: (row: GridRow, index: number) => ReactNode
}

interface At {
  row: number
  column: number
}

/** So that the column without a width keeps some. */
const minWidth = (columns: number) => {
  if (columns > 11) return 'min-w-460'
  if (columns > 8) return 'min-w-400'
  return columns > 5 ? 'min-w-240' : 'min-w-200'
}

/** A small sheet: type, paste from a spreadsheet, fill down, arrows and Enter move, rows come and go. */
export function GridEditor(props: GridEditorProps) {
  const { label, noun, columns: all, extraLabel = 'more', rows, onChange, errors = {}, below } = props
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<At | null>(null)
  const extra = all.filter((column) => column.extra)
  const [asksExtra, setAsksExtra] = useState(false)
  const hasExtra = useMemo(() => filledRows(rows, extra).length > 0, [rows, extra])
  const columns = asksExtra || hasExtra ? all : all.filter((column) => !column.extra)

  const focus = (row: number, column: number) => {
    requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>(`[data-cell="${row}.${column}"]`)?.focus()
    })
  }
  const add = () => {
    onChange([...rows, newRow(all)])
    focus(rows.length, 0)
  }
  const paste = (event: ClipboardEvent, cell: At) => {
    const block = parseSheet(event.clipboardData.getData('text/plain'))
    if (block.length <= 1 && (block[0]?.length ?? 0) <= 1) return
    event.preventDefault()
    onChange(pasteBlock(rows, columns, cell, block))
  }
  const fill = (cell: At) => {
    const column = columns[cell.column]
    if (column) onChange(fillDown(rows, cell.row, column.id))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, cell: At) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'd') {
      event.preventDefault()
      return fill(cell)
    }
    const move = moveForKey(event)
    if (!move) return
    event.preventDefault()
    const row = cell.row + move.down
    if (row === rows.length && event.key === 'Enter') return add()
    focus(Math.max(0, row), cell.column + move.right)
  }
  return (
    <div className="flex flex-col gap-2">
      <div
        ref={box}
        data-keys="own"
        className="relative overflow-x-auto rounded-control border"
        // Without cells there is nothing in it that the keyboard could reach.
        {...(rows.length === 0 ? scrollRegion(`${label}, grid`) : {})}
      >
        <table
          aria-label={label}
          className={cn('w-full table-fixed border-separate border-spacing-0', minWidth(columns.length))}
        >
          <GridHead columns={columns} />
          <tbody>
            {rows.map((row, index) => (
              <GridLine
                key={row.key}
                index={index}
                noun={noun}
                columnCount={columns.length}
                below={below?.(row, index)}
                onRemove={() => onChange(removeRow(rows, index))}
              >
                {columns.map((column, place) => (
                  <GridCell
                    key={column.id}
                    column={column}
                    name={`${index}.${place}`}
                    label={`${column.label}, ${noun} ${index + 1}`}
                    value={row.cells[column.id] ?? ''}
                    error={errors[`${index}.${column.id}`]}
                    onChange={(value) => onChange(setCell(rows, index, column.id, value))}
                    onFocus={() => {
                      setAt({ row: index, column: place })
                      // What is being emptied stays in sight.
                      if (column.extra) setAsksExtra(true)
                    }}
                    onPaste={(event) => paste(event, { row: index, column: place })}
                    onKeyDown={(event) => onKeyDown(event, { row: index, column: place })}
                  />
                ))}
              </GridLine>
            ))}
          </tbody>
        </table>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-12 text-muted">
        <Button size="small" onClick={add}>
          <Plus aria-hidden className="size-3.5" />
          Add {noun}
        </Button>
        <Button size="small" disabled={!at || at.row >= rows.length - 1} onClick={() => at && fill(at)}>
          Fill down {at ? columns[at.column]?.label.toLowerCase() : ''}
        </Button>
        {extra.length > 0 ? (
          <Checkbox
            label={`Show ${extraLabel}`}
            checked={asksExtra || hasExtra}
            disabled={hasExtra}
            onChange={(event) => setAsksExtra(event.target.checked)}
          />
        ) : null}
        <span className="num">{plural(rows.length, noun)}</span>
        <span className="max-md:hidden">
          Paste from a sheet into any cell · <Kbd>↑ ↓</Kbd> <Kbd>Enter</Kbd> move · <Kbd>Ctrl D</Kbd> fills
          down
        </span>
      </div>
    </div>
  )
}
