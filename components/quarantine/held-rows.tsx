'use client'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { ErrorState } from '@/components/ui/error-state'
import { plural } from '@/components/ui/format-number'
import { DiscardDialog } from './discard-dialog'
import { HeldRow } from './held-row'
import type { Column } from './row-fields'
import { type HeldRow as Held, type QuarantineTarget, useQuarantine } from './use-quarantine'

interface HeldRowsProps {
  target: QuarantineTarget
  columns: readonly Column[]
  rows: readonly Held[]
  /** In place of the rows, when there are none. */
  empty: ReactNode
}

/** The held rows of a page: select, correct, and send again as one commit. */
export function HeldRows({ target, columns, rows, empty }: HeldRowsProps) {
  const quarantine = useQuarantine(target, rows, columns)
  const { ids, replay, refusals, values, edits } = quarantine
  const { error, data } = replay
  return (
    <div className="flex flex-col gap-3">
      <div aria-live="polite" className="empty:hidden">
        {data ? (
          <Callout tone="ok" title={`${plural(data.accepted, 'row')} accepted`}>
            They came in as one commit.
          </Callout>
        ) : null}
        {error && refusals.size > 0 ? (
          <Callout tone="fail" title="Nothing was stored">
            {plural(refusals.size, 'row')} still {refusals.size === 1 ? 'has' : 'have'} a fault; the selected
            rows come in together or not at all.
          </Callout>
        ) : null}
        {error && refusals.size === 0 ? (
          <ErrorState title="Nothing was stored" problem={error.problem} />
        ) : null}
      </div>
      {rows.length === 0 ? (
        empty
      ) : (
        <>
          <div className="sticky top-11 z-10 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 border-b bg-page py-1.5">
            <Checkbox
              label="All on this page"
              checked={rows.length > 0 && ids.length === rows.length}
              indeterminate={ids.length > 0 && ids.length < rows.length}
              onChange={(event) => quarantine.selectAll(event.target.checked)}
            />
            <Button
              variant="primary"
              disabled={ids.length === 0}
              pending={replay.isPending}
              onClick={() => replay.mutate(ids)}
            >
              {ids.length === 0 ? 'Replay' : `Replay ${plural(ids.length, 'row')}`}
            </Button>
            <DiscardDialog
              rows={ids.length}
              onDiscard={async (reason) => {
                await quarantine.discard.mutateAsync(reason)
              }}
            />
          </div>
          <ol aria-label="Held rows">
            {rows.map((held) => (
              <HeldRow
                key={held.id}
                held={held}
                columns={columns}
                row={values.get(held.id) ?? {}}
                edits={edits[held.id] ?? {}}
                selected={ids.includes(held.id)}
                refusal={refusals.get(held.id)}
                onSelect={(on) => quarantine.select(held.id, on)}
                onEdit={(column, text) => quarantine.edit(held.id, column, text)}
              />
            ))}
          </ol>
        </>
      )}
    </div>
  )
}
