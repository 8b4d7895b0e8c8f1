'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { objectOf, oneOf, type Read, readKept, text } from '@/components/forms/kept'
import { faultsOf } from '@/components/forms/problem-fields'
import { useDraft } from '@/components/forms/use-draft'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { ExampleAsset } from '@/lib/examples/operations'
import { readKinds } from '@/lib/examples/plain'
import { firstRequest, requestOf } from './first-request'

interface ExampleFormProps {
  asset: ExampleAsset
  features: readonly string[]
  onDone: () => void
  onCancel: () => void
}

const members = objectOf({ title: text, reads: oneOf(readKinds), body: text })
const readTyped = readKept(members)

/** Where an owner shows how an asset is read. */
export function ExampleForm({ asset, features, onDone, onCancel }: ExampleFormProps) {
  const [typed, setTyped] = useState<Read<typeof members>>({
    title: '',
    reads: 'online',
    body: firstRequest(asset, 'online', features),
  })
  const isOwn = readKinds.every((reads) => typed.body !== firstRequest(asset, reads, features))
  const draft = useDraft({
    name: `example.${asset.kind}.${asset.name}`,
    value: typed.title !== '' || isOwn ? typed : null,
    parse: readTyped,
    onRestore: (found) => setTyped(found.value),
  })
  const parsed = requestOf(typed.body)
  const add = useMutation<unknown, ProblemError>({
    mutationFn: () =>
      request('/api/v1/examples', {
        method: 'POST',
        body: { asset, title: typed.title, reads: typed.reads, request: parsed },
      }),
    onSuccess: () => {
      draft.clear()
      onDone()
    },
  })
  const faults = faultsOf(add.error, (path) => path === 'title' || path.startsWith('request'))
  const isReady = typed.title.trim() !== '' && parsed !== null
  const change = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }))
  return (
    <form
      className="mb-4 flex max-w-[560px] flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) add.mutate()
      }}
    >
      <Field label="Title" error={faults.fields.title} hint="What it shows: “A busy airport”.">
        <Input
          value={typed.title}
          maxLength={200}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <Field label="Reads" hint="Newest values, or what was known at a time.">
        <Select
          options={readKinds}
          value={typed.reads}
          onChange={(event) => {
            const reads = readKinds.find((one) => one === event.target.value) ?? 'online'
            change({ reads, ...(isOwn ? {} : { body: firstRequest(asset, reads, features) }) })
          }}
        />
      </Field>
      <Field
        label="Request"
        error={faults.fields.request ?? (parsed === null ? 'is no JSON object yet' : undefined)}
        hint="The body of the read. Everybody who may know of the asset sees its key values."
      >
        <Textarea
          mono
          rows={8}
          value={typed.body}
          onChange={(event) => change({ body: event.target.value })}
        />
      </Field>
      <FormErrors messages={faults.form} />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" size="small" pending={add.isPending} disabled={!isReady}>
          Add and look at it
        </Button>
        <Button
          size="small"
          onClick={() => {
            draft.clear()
            onCancel()
          }}
        >
          Cancel
        </Button>
        {draft.kept ? null : <p className="text-warn">This browser keeps no drafts: do not reload.</p>}
      </div>
    </form>
  )
}
