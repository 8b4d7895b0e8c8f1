'use client'
import { type ClipboardEvent, type KeyboardEvent, useId } from 'react'
import { cn } from '@/components/ui/cn'
import type { GridColumn } from './grid-model'

export interface GridCellProps {
  column: GridColumn
  /** "row.column", by which the keyboard finds it. */
  name: string
  label: string
  value: string
  error?: string | undefined
  onChange: (value: string) => void
  onFocus: () => void
  onPaste: (event: ClipboardEvent) => void
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

/** One cell: the field fills it; its error stands under it and is bound to it. */
export function GridCell(props: GridCellProps) {
  const { column, name, label, value, error, onChange, onFocus, onPaste, onKeyDown } = props
  const errorId = useId()
  const shared = {
    'aria-label': label,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error ? errorId : undefined,
    'data-cell': name,
    value,
    onFocus,
    onPaste,
    onKeyDown,
    className: cn(
      'block h-8 w-full bg-transparent px-2 -outline-offset-2 max-md:h-11',
      column.mono && 'font-mono text-12',
    ),
  }
  const unlisted = column.kind === 'select' && !column.options?.includes(value)
  return (
    <td className={cn('min-w-0 border-l', error && 'bg-fail-tint')}>
      {column.kind === 'select' ? (
        <select {...shared} onChange={(event) => onChange(event.target.value)}>
          {unlisted ? <option value={value}>{value}</option> : null}
          {column.options?.map((option) => (
            <option key={option} value={option}>
              {column.words?.[option] ?? option}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          type="text"
          spellCheck={!column.mono}
          autoComplete="off"
          placeholder={column.placeholder}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {error ? (
        <p id={errorId} className="px-2 pb-1 text-12 text-fail">
          {error}
        </p>
      ) : null}
    </td>
  )
}
