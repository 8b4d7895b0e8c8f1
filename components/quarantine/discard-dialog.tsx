import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { plural } from '@/components/ui/format-number'
import { Textarea } from '@/components/ui/textarea'

interface DiscardDialogProps {
  /** How many are selected. */
  rows: number
  onDiscard: (reason: string) => Promise<void>
}

/** Gives the selected rows up, with a reason. */
export function DiscardDialog({ rows, onDiscard }: DiscardDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog
      trigger={<Button disabled={rows === 0}>Discard…</Button>}
      title={`Discard ${plural(rows, 'row')}`}
      effects={[
        'They never come in, and leave the list of held rows.',
        'They stay under Discarded, with the reason.',
      ]}
      undo="They can be held again from there."
      action="Discard"
      isReady={reason.trim() !== ''}
      onConfirm={async () => {
        await onDiscard(reason.trim())
        setReason('')
      }}
    >
      <Field label="Reason" hint="Kept beside the rows and in the audit log.">
        <Textarea
          rows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </ConfirmDialog>
  )
}
