'use client'
import { useState } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import type { DeprecationStateResource } from '@/lib/registry/operations'
import { endingPath } from './ending-path'
import { midnight, useEnding } from './use-ending'

type State = Pick<DeprecationStateResource, 'group' | 'version' | 'sunset_at' | 'readers'>

const kindsOf: Record<string, 'key' | 'person'> = { key: 'key', user: 'person' }

const consumerOf = (value: string) => {
  const [kind, id] = value.split(' ')
  return kind === 'all' ? { kind } : { kind, id }
}

/** The day after an instant, as a date field has it. */
const dayAfter = (instant: string) => new Date(Date.parse(instant) + 86_400_000).toISOString().slice(0, 10)

/** Lets one reader, or everybody, read past the sunset until a day. */
export function GraceDialog({ group, version, sunset_at: sunset, readers }: State) {
  const [open, setOpen] = useState(false)
  const [who, setWho] = useState('all')
  const [date, setDate] = useState('')
  const [reason, setReason] = useState('')
  const form = useEnding(`${endingPath(group, version)}/graces`, ['until', 'reason', 'consumer'], () =>
    setOpen(false),
  )
  const known = readers.flatMap(({ kind, id, name, owner }) => {
    const own = kindsOf[kind]
    const of = own === 'key' && owner !== null ? ` of ${owner}` : ''
    return own ? [{ value: `${own} ${id}`, label: own === 'key' ? `API key ${name}${of}` : name }] : []
  })
  const send = () =>
    form.send({
      method: 'POST',
      body: { consumer: consumerOf(who), until: midnight(date), reason: reason.trim() },
    })
  if (sunset === null) return null
  return (
    <Dialog
      trigger={<Button size="small">Extend…</Button>}
      open={open}
      onOpenChange={setOpen}
      title={`Read ${group}@${version} past its sunset`}
      description="Answers go on for those whom it covers, until the day that is set. It can be withdrawn at any time."
      footer={
        <Button
          variant="primary"
          pending={form.isBusy}
          disabled={date === '' || reason.trim() === ''}
          onClick={send}
        >
          Extend
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="For" error={form.faults.fields.consumer}>
          <Select
            value={who}
            onChange={(event) => setWho(event.target.value)}
            options={[{ value: 'all', label: 'Everybody' }, ...known]}
          />
        </Field>
        <Field
          label="Until"
          hint="From 00:00 UTC of this day on reads are refused."
          error={form.faults.fields.until}
        >
          <Input
            type="date"
            className="max-w-48"
            min={dayAfter(sunset)}
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
        </Field>
        <Field label="Reason" hint="Kept in the audit log." error={form.faults.fields.reason}>
          <Textarea rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <FormErrors messages={form.faults.form} />
      </div>
    </Dialog>
  )
}
