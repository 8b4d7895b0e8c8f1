'use client'
import { type ReactElement, useState } from 'react'
import { useReasonedAct } from '@/components/archive/use-reasoned-act'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'

interface ReasonDialogProps {
  trigger: ReactElement
  title: string
  /** What it will do, a sentence. */
  effect: string
  action: string
  path: string
}

/** An act that asks for nothing but a reason. */
export function ReasonDialog({ trigger, title, effect, action, path }: ReasonDialogProps) {
  const [open, setOpen] = useState(false)
  const form = useReasonedAct(path, () => setOpen(false))
  return (
    <Dialog
      trigger={trigger}
      open={open}
      onOpenChange={setOpen}
      title={title}
      description={effect}
      footer={
        <Button variant="primary" pending={form.isBusy} disabled={!form.isReady} onClick={() => form.act()}>
          {action}
        </Button>
      }
    >
      <Field label="Reason" hint="Kept in the audit log.">
        <Textarea rows={3} value={form.reason} onChange={(event) => form.setReason(event.target.value)} />
      </Field>
      {form.error ? (
        <div className="mt-3">
          <ErrorState title="Not done" problem={form.error.problem} />
        </div>
      ) : null}
    </Dialog>
  )
}
