'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'

export interface ReasonDialogProps {
  /** The button that opens it, and the one that acts. */
  label: string
  action: string
  title: string
  /** What it will do, in a sentence. */
  effect: string
  path: string
  /** Sent with the reason. */
  body?: Readonly<Record<string, unknown>>
  needsReason?: boolean
  variant?: 'primary' | 'secondary' | 'danger'
  /** How a screen reader tells it from the same button of another line. */
  name: string
}

const fields = new Set(['reason'])

/** A decision with its reason; what was typed stays when it is refused. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { label, action, title, effect, path, body, needsReason = false, variant = 'secondary', name } = props
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const act = useMutation<unknown, ProblemError>({
    mutationFn: () => {
      const said = reason.trim()
      return request(path, { method: 'POST', body: { ...body, ...(said === '' ? {} : { reason: said }) } })
    },
    onSuccess: () => {
      setOpen(false)
      setReason('')
      router.refresh()
    },
  })
  const faults = faultsOf(act.error, (at) => fields.has(at))
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" variant={variant} aria-label={`${label} ${name}`}>
          {label}
        </Button>
      }
      title={title}
      description={effect}
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button
            variant={variant === 'danger' ? 'danger' : 'primary'}
            pending={act.isPending}
            disabled={needsReason && reason.trim() === ''}
            onClick={() => act.mutate()}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label="Reason" optional={!needsReason} error={faults.fields.reason}>
          <Textarea rows={3} maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} />
        </Field>
        <FormErrors messages={faults.form} />
      </div>
    </Dialog>
  )
}
