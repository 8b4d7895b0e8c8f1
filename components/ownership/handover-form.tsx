'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { FormFoot } from '@/components/forms/form-foot'
import { faultsOf } from '@/components/forms/problem-fields'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { toRoute } from '@/components/ui/route'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { OwnedAsset } from '@/lib/ownership/operations'

export type Handover = { assets: OwnedAsset[] } | { from_team: string; everything: true }

interface HandoverFormProps {
  what: Handover
  /** Teams that could take it. */
  teams: readonly string[]
  mayForce: boolean
}

const fields = new Set(['to_team', 'reason'])

/** To whom, and why. Nothing moves before the other team takes it, but where an administrator says so. */
export function HandoverForm({ what, teams, mayForce }: HandoverFormProps) {
  const router = useRouter()
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const [force, setForce] = useState(false)
  const propose = useMutation<unknown, ProblemError>({
    mutationFn: () =>
      request('/api/v1/ownership-transfers', {
        method: 'POST',
        body: { ...what, to_team: to, reason: reason.trim(), force },
      }),
    onSuccess: () => {
      router.push(toRoute('/settings/ownership'))
      router.refresh()
    },
  })
  const faults = faultsOf(propose.error, (path) => fields.has(path))
  const effect = force
    ? `Team ${to || '…'} owns it at once. Both teams are told.`
    : `A maintainer of ${to || '…'} is asked. Until they accept, everything stays as it is.`
  return (
    <form
      className="flex max-w-140 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        propose.mutate()
      }}
    >
      <Field label="To team" error={faults.fields.to_team}>
        <Select
          mono
          placeholder="Choose a team"
          options={teams}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </Field>
      <Field
        label="Reason"
        error={faults.fields.reason}
        hint="Who follows it reads it; the audit log keeps it."
      >
        <Textarea
          rows={3}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      {mayForce ? (
        <Checkbox
          label="Move it without asking the receiving team"
          hint="For administrators: where nobody is left who could decide."
          checked={force}
          onChange={(event) => setForce(event.target.checked)}
        />
      ) : null}
      <p className="border-control border-l-2 bg-sunken px-4 py-3">{effect}</p>
      <FormErrors messages={faults.form} />
      <FormFoot form={force ? 'Move it' : 'Propose'} requestId={faults.requestId}>
        <Button
          type="submit"
          variant={force ? 'danger' : 'primary'}
          pending={propose.isPending || propose.isSuccess}
          disabled={to === '' || reason.trim() === ''}
        >
          {force ? 'Move it' : 'Propose'}
        </Button>
      </FormFoot>
    </form>
  )
}
