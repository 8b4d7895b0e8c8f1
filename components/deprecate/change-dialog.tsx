'use client'
import { useState } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { Button } from '@/components/ui/button'
import { useClock } from '@/components/ui/clock'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import type { DeprecationStateResource } from '@/lib/registry/operations'
import { endingPath } from './ending-path'
import { midnight, useEnding } from './use-ending'

const fields = ['reason', 'replacement', 'sunset_at']

/** Another date, replacement or reason; everybody downstream is told anew. */
export function ChangeDialog({ state }: { state: DeprecationStateResource }) {
  const { group, version, etag } = state
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState(state.reason)
  const [replacement, setReplacement] = useState(state.replacement ?? '')
  const [date, setDate] = useState(state.sunset_at?.slice(0, 10) ?? '')
  const tomorrow = new Date(useClock().now.getTime() + 86_400_000).toISOString().slice(0, 10)
  const form = useEnding(endingPath(group, version), fields, () => setOpen(false))
  const sunset = date === (state.sunset_at?.slice(0, 10) ?? '') ? {} : { sunset_at: midnight(date) }
  const instead = replacement.trim() || null
  const body = {
    ...(reason.trim() === state.reason ? {} : { reason: reason.trim() }),
    ...(instead === state.replacement ? {} : { replacement: instead }),
    ...sunset,
  }
  const isChanged = Object.keys(body).length > 0 && reason.trim() !== ''
  return (
    <Dialog
      trigger={<Button>Change…</Button>}
      open={open}
      onOpenChange={setOpen}
      title={`Change the deprecation of ${group}@${version}`}
      description="Everybody downstream is told anew and asked to acknowledge it."
      footer={
        <Button
          variant="primary"
          pending={form.isBusy}
          disabled={!isChanged}
          onClick={() => form.send({ method: 'PATCH', body, headers: { 'if-match': etag } })}
        >
          Change
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Reason" error={form.faults.fields.reason}>
          <Textarea rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <Field label="Replacement" optional error={form.faults.fields.replacement}>
          <Input
            mono
            maxLength={80}
            value={replacement}
            onChange={(event) => setReplacement(event.target.value)}
          />
        </Field>
        <Field
          label="Sunset date"
          optional
          error={form.faults.fields.sunset_at}
          hint="From 00:00 UTC of this day on reads are refused. Without one they go on."
        >
          <Input
            type="date"
            className="max-w-48"
            min={tomorrow}
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
        </Field>
        <FormErrors messages={form.faults.form} />
      </div>
    </Dialog>
  )
}
