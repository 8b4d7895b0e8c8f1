'use client'
import { useEffect, useState } from 'react'
import { gridErrors } from '@/components/forms/feature-grid'
import { GridEditor } from '@/components/forms/grid-editor'
import { type GridColumn, type GridRow, newRow } from '@/components/forms/grid-model'
import { cellsOf, linesOf } from './lines'

interface GridFieldProps {
  label: string
  noun: string
  columns: readonly GridColumn[]
  /** The lines as text, see `lines.ts`. */
  value: string
  onChange: (value: string) => void
  /** Faults by path, and where the lines stand in it: `value.patterns`. */
  faults: Readonly<Record<string, string>>
  prefix: string
  /** Only to be read. */
  disabled: boolean
}

/** The lines for those who may not change them. */
function ReadLines({ label, columns, value }: Pick<GridFieldProps, 'label' | 'columns' | 'value'>) {
  const lines = linesOf(value)
  if (lines.length === 0) return <p className="text-muted">None.</p>
  return (
    <ul aria-label={label} className="border-t text-12">
      {lines.map((cells) => (
        <li key={JSON.stringify(cells)} className="border-b py-1 break-words">
          {columns
            .map(({ id }) => cells[id] ?? '')
            .filter((cell) => cell !== '')
            .join(' · ')}
        </li>
      ))}
    </ul>
  )
}

/** Lines of a setting as a small sheet; what comes from elsewhere makes the sheet anew. */
export function GridField(props: GridFieldProps) {
  const { label, noun, columns, value, onChange, faults, prefix, disabled } = props
  const rowsOf = (text: string) => linesOf(text).map((cells) => newRow(columns, cells))
  const [rows, setRows] = useState<GridRow[]>(() => rowsOf(value))
  const [known, setKnown] = useState(value)
  useEffect(() => {
    if (value === known) return
    setKnown(value)
    setRows(linesOf(value).map((cells) => newRow(columns, cells)))
  }, [value, known, columns])
  const { errors } = gridErrors(faults, prefix, rows)
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <h3 className="font-medium text-12">{label}</h3>
      {disabled ? (
        <ReadLines label={label} columns={columns} value={value} />
      ) : (
        <GridEditor
          label={label}
          noun={noun}
          columns={columns}
          rows={rows}
          onChange={(next) => {
            const text = cellsOf(next, columns)
            setRows(next)
            setKnown(text)
            onChange(text)
          }}
          errors={errors}
        />
      )}
    </div>
  )
}
