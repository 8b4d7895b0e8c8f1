'use client'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { type Column, type Edits, fieldsOf, leftOut, type Row, textOf } from './row-fields'
import type { RowRefusal } from './use-quarantine'

interface RowEditorProps {
  columns: readonly Column[]
  row: Row
  edits: Edits
  /** What was wrong with it, by column. */
  faults: RowRefusal
  onEdit: (column: string, text: string) => void
}

/** A held row as fields, with what is wrong under each. */
export function RowEditor({ columns, row, edits, faults, onEdit }: RowEditorProps) {
  const surplus = leftOut(columns, row)
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
        {fieldsOf(columns, row).map(({ name, type, part }) => (
          <Field
            key={name}
            label={name}
            aside={
              <>
                {part} · <span className="font-mono">{type}</span>
              </>
            }
            error={faults[name]}
          >
            <Input
              mono
              value={edits[name] ?? textOf(type, row[name])}
              onChange={(event) => onEdit(name, event.target.value)}
            />
          </Field>
        ))}
      </div>
      <p className="text-12 text-muted">
        Empty means null; two quotes mean an empty text.
        {surplus.length > 0
          ? ` Left out, because the version does not declare it: ${surplus
              .map((name) => `${name} = ${textOf('string', row[name])}`)
              .join(', ')}.`
          : ''}
      </p>
    </div>
  )
}
