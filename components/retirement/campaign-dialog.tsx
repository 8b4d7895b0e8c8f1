'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { Button } from '@/components/ui/button'
import { useClock } from '@/components/ui/clock'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { plural } from '@/components/ui/format-number'
import { Input } from '@/components/ui/input'
import { toRoute } from '@/components/ui/route'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { Asset, CampaignResource } from '@/lib/retirement/operations'

const fields = new Set(['title', 'body', 'deadline'])

/** Asks the owners of what is chosen what is to become of it. */
export function CampaignDialog({ items }: { items: readonly Asset[] }) {
  const router = useRouter()
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [date, setDate] = useState('')
  const tomorrow = new Date(useClock().now.getTime() + 86_400_000).toISOString().slice(0, 10)
  const start = useMutation<CampaignResource, ProblemError>({
    mutationFn: async () =>
      (
        await request<CampaignResource>('/api/v1/retirement/campaigns', {
          method: 'POST',
          body: { title: title.trim(), body: text.trim(), deadline: `${date}T00:00:00Z`, items },
        })
      ).data,
    onSuccess: ({ id }) => router.push(toRoute(`/operations/campaigns/${id}`)),
  })
  const faults = faultsOf(start.error, (name) => fields.has(name))
  return (
    <Dialog
      trigger={
        <Button size="small" variant="primary" disabled={items.length === 0}>
          Ask the owners…
        </Button>
      }
      title={`Ask the owners of ${plural(items.length, 'asset')}`}
      description="Their teams are told, and answer for each: keep, deprecate or archive. What they answer is done at once."
      footer={
        <Button
          variant="primary"
          pending={start.isPending}
          disabled={title.trim() === '' || date === ''}
          onClick={() => start.mutate()}
        >
          Start the campaign
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Title" error={faults.fields.title}>
          <Input maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <Field label="What you ask, and why" optional error={faults.fields.body}>
          <Textarea rows={3} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <Field
          label="Deadline"
          hint="00:00 UTC of this day. Then it ends, and what has no answer stays."
          error={faults.fields.deadline}
        >
          <Input
            type="date"
            className="max-w-48"
            min={tomorrow}
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
        </Field>
        <FormErrors messages={faults.form} />
      </div>
    </Dialog>
  )
}
