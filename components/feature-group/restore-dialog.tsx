'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { ProblemError, request } from '@/lib/api-client'

interface RestoreDialogProps {
  group: string
  version: number
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Takes a deprecation back; the reason stands in the audit log. */
export function RestoreDialog({ group, version, open, onOpenChange }: RestoreDialogProps) {
  const router = useRouter()
  const [reason, setReason] = useState('')
  const restore = useMutation({
    mutationFn: () =>
      request(`/api/v1/feature-groups/${encodeURIComponent(group)}/versions/${version}/restore`, {
        method: 'POST',
        body: { reason },
      }),
    onSuccess: () => {
      onOpenChange(false)
      router.refresh()
    },
  })
  const problem = restore.error instanceof ProblemError ? restore.error.problem : undefined
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Restore ${group}@${version}`}
      description="The version is active again: readers are no longer warned, and new services may name it."
      footer={
        <Button
          variant="primary"
          pending={restore.isPending}
          disabled={reason.trim() === ''}
          onClick={() => restore.mutate()}
        >
          Restore
        </Button>
      }
    >
      <Field label="Reason" hint="Kept in the audit log.">
        <Textarea rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {restore.error ? (
        <div className="mt-3">
          <ErrorState
            title="Not restored"
            problem={problem ?? { detail: 'The portal did not answer as expected. Try again.' }}
          />
        </div>
      ) : null}
    </Dialog>
  )
}
