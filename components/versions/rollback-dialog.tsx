'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { useServingChange } from './use-promotion'

interface RollbackDialogProps {
  group: string
  environment: string
  from: number
  to: number
}

const unanswered = { detail: 'The portal did not answer as expected. Try again.' }

/** Takes the last promotion in an environment back: a reason, and one act. */
export function RollbackDialog({ group, environment, from, to }: RollbackDialogProps) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/rollback`
  const act = useServingChange(path, environment, () => setOpen(false))
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        act.reset()
      }}
      title={`Roll ${environment} back to version ${to}`}
      trigger={
        <Button size="small" variant="quiet">
          Roll back to @{to}…
        </Button>
      }
      footer={
        <Button
          variant="primary"
          disabled={reason.trim() === ''}
          pending={act.isPending}
          onClick={() => act.mutate({ reason: reason.trim() })}
        >
          Roll back
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <ul className="list-disc space-y-1 pl-4">
          <li>
            Reads of {group} without a version in {environment} answer from version {to} again, at once.
          </li>
          <li>Version {from} keeps its data and can be promoted again; the owners and followers are told.</li>
        </ul>
        <Field label="Reason" required hint="Stands in the history of promotions and in the audit log.">
          <Textarea
            rows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {act.error ? (
          <ErrorState title="Nothing was changed" problem={act.error.problem ?? unanswered} />
        ) : null}
      </div>
    </Dialog>
  )
}
