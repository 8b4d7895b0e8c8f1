'use client'
import { useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { formatCount } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import { Changes } from './changes'
import { RowEditor } from './row-editor'
import { type Column, type Edits, editsOf, type Row } from './row-fields'
import type { HeldRow as Held, RowRefusal } from './use-quarantine'

interface HeldRowProps {
  held: Held
  columns: readonly Column[]
  row: Row
  edits: Edits
  selected: boolean
  /** Of the last replay; undefined when it was not refused. */
  refusal: RowRefusal | undefined
  onSelect: (on: boolean) => void
  onEdit: (column: string, text: string) => void
}

/** What was wrong when it arrived, of the fields that nobody has changed since. */
const reasonsOf = (held: Held, edits: Edits): RowRefusal =>
  Object.fromEntries(
    held.faults.flatMap(({ column, reason }) =>
      column !== null && edits[column] === undefined ? [[column, reason]] : [],
    ),
  )

export function Faults({ faults }: { faults: Held['faults'] }) {
  return (
    <ul className="min-w-0">
      {faults.map(({ column, value, rule, reason }) => (
        <li
          key={`${column}${rule}${reason}`}
          className="flex flex-wrap items-baseline gap-x-3 [overflow-wrap:anywhere]"
        >
          <code className="font-mono text-12">{column ?? 'the row'}</code>
          {value === null ? null : (
            <code className="max-w-60 truncate font-mono text-12 text-fail">{value}</code>
          )}
          <span className="min-w-40 flex-1">
            <MarkedProse text={reason} />
          </span>
          <span className="text-12 text-muted">{rule}</span>
        </li>
      ))}
    </ul>
  )
}

/** One row that was kept out: what is wrong, and its fields to correct. */
export function HeldRow(props: HeldRowProps) {
  const { held, columns, row, edits, selected, refusal, onSelect, onEdit } = props
  const [open, setOpen] = useState(false)
  const editor = useId()
  const changes = editsOf(columns, row, edits)
  const left = held.faults.filter(({ column }) => !changes.some((change) => change.column === column))
  const name = `row ${formatCount(held.rowNumber)}`
  return (
    <li className="flex flex-col gap-3 border-b py-2">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <Checkbox
          className="pt-1"
          hideLabel
          label={`Select ${name}`}
          checked={selected}
          onChange={(event) => onSelect(event.target.checked)}
        />
        <span className="num w-24 shrink-0 pt-1">
          Row {formatCount(held.rowNumber)}
          <span className="block text-12 text-muted">
            <Time at={held.createdAt} relative />
          </span>
        </span>
        <div className="min-w-56 flex-1 pt-1">
          <Faults faults={left} />
          {changes.length > 0 ? (
            <>
              <p className="text-12">
                <StateWord state={left.length === 0 ? 'ok' : 'warn'}>
                  corrected here, not replayed yet
                </StateWord>
              </p>
              <Changes changes={changes} />
            </>
          ) : null}
        </div>
        <Button
          size="small"
          aria-expanded={open}
          aria-controls={editor}
          aria-label={`${open ? 'Close' : changes.length > 0 ? 'Change' : 'Correct'} ${name}`}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Close' : changes.length > 0 ? 'Change' : 'Correct'}
        </Button>
      </div>
      {refusal?.[''] ? <p className="text-12 text-fail">{refusal['']}</p> : null}
      <div id={editor} hidden={!open && !refusal}>
        {open || refusal ? (
          <RowEditor
            columns={columns}
            row={row}
            edits={edits}
            faults={refusal ?? reasonsOf(held, edits)}
            onEdit={onEdit}
          />
        ) : null}
      </div>
    </li>
  )
}
