'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { useReasonedAct } from './use-reasoned-act'

interface RestoreProps {
  /** `group@n` or a service. */
  name: string
  path: string
  /** What it will be afterwards. */
  effect: string
}

interface RestoreDialogProps extends RestoreProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Takes an archiving or a deprecation back; the reason stands in the audit log. */
export function RestoreDialog({ name, path, effect, open, onOpenChange }: RestoreDialogProps) {
  const form = useReasonedAct(path, () => onOpenChange(false))
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Restore ${name}`}
      description={effect}
      footer={
        <Button variant="primary" pending={form.isBusy} disabled={!form.isReady} onClick={() => form.act()}>
          Restore
        </Button>
      }
    >
      <Field label="Reason" hint="Kept in the audit log.">
        <Textarea rows={3} value={form.reason} onChange={(event) => form.setReason(event.target.value)} />
      </Field>
      {form.error ? (
        <div className="mt-3">
          <ErrorState
            title="Not restored"
            problem={form.error.problem ?? { detail: 'The portal did not answer as expected. Try again.' }}
          />
        </div>
      ) : null}
    </Dialog>
  )
}

/** Opens the form that takes it back. */
export function RestoreButton(props: RestoreProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Restore…</Button>
      <RestoreDialog {...props} open={open} onOpenChange={setOpen} />
    </>
  )
}
