'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { FormFoot } from '@/components/forms/form-foot'
import { faultsOf } from '@/components/forms/problem-fields'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import type { AnnouncedAsset } from '@/lib/announcements/operations'
import { type ProblemError, request } from '@/lib/api-client'

const fields = new Set(['title', 'body', 'tone', 'from', 'until'])
const tones = [
  { value: 'note', label: 'A note' },
  { value: 'warn', label: 'Needs attention' },
  { value: 'fail', label: 'Something is broken' },
]

const blank = { title: '', body: '', tone: 'note', from: '', until: '' }

/** A date and time of the reader's zone as an instant; nothing for an empty field. */
const instantOf = (name: string, local: string) =>
  local === '' ? {} : { [name]: new Date(local).toISOString() }

/** Says something on an asset's page, or to everybody. */
export function AnnounceForm({ asset }: { asset: AnnouncedAsset | null }) {
  const router = useRouter()
  const [typed, setTyped] = useState(blank)
  const set = (name: keyof typeof blank) => (event: { target: { value: string } }) =>
    setTyped((before) => ({ ...before, [name]: event.target.value }))
  const saying = useMutation<unknown, ProblemError>({
    mutationFn: () =>
      request('/api/v1/announcements', {
        method: 'POST',
        body: {
          ...(asset ? { asset } : {}),
          title: typed.title,
          body: typed.body,
          tone: typed.tone,
          ...instantOf('from', typed.from),
          ...instantOf('until', typed.until),
        },
      }),
    onSuccess: () => {
      setTyped(blank)
      router.refresh()
    },
  })
  const faults = faultsOf(saying.error, (path) => fields.has(path))
  return (
    <form
      className="flex max-w-140 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        saying.mutate()
      }}
    >
      <Field label="Title" error={faults.fields.title}>
        <Input maxLength={120} value={typed.title} onChange={set('title')} />
      </Field>
      <Field label="What there is to say" error={faults.fields.body}>
        <Textarea rows={3} maxLength={2000} value={typed.body} onChange={set('body')} />
      </Field>
      <Field label="Tone" error={faults.fields.tone}>
        <Select options={tones} value={typed.tone} onChange={set('tone')} />
      </Field>
      <div className="grid gap-4 md:grid-cols-2">
        <Field label="From" optional hint="Now, when empty." error={faults.fields.from}>
          <Input type="datetime-local" value={typed.from} onChange={set('from')} />
        </Field>
        <Field label="Until" optional hint="Until it is withdrawn, when empty." error={faults.fields.until}>
          <Input type="datetime-local" value={typed.until} onChange={set('until')} />
        </Field>
      </div>
      <FormErrors messages={faults.form} />
      <FormFoot form="Announce" requestId={faults.requestId}>
        <Button
          type="submit"
          variant="primary"
          pending={saying.isPending}
          disabled={typed.title.trim() === '' || typed.body.trim() === ''}
        >
          Announce
        </Button>
      </FormFoot>
    </form>
  )
}
