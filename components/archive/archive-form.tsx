'use client'
import { useState } from 'react'
import { FormFoot } from '@/components/forms/form-foot'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { useReasonedAct } from './use-reasoned-act'

interface ArchiveFormProps {
  /** `group@n` or a service: the word to type. */
  name: string
  /** Where the act is asked for. */
  path: string
  /** What it will do and to whom, a sentence each. */
  effects: readonly string[]
  undo: string
}

/** Asks for a reason, says what archiving will do, and for the name before it is done. */
export function ArchiveForm({ name, path, effects, undo }: ArchiveFormProps) {
  const form = useReasonedAct(path)
  const [asking, setAsking] = useState(false)
  return (
    <form
      className="flex max-w-140 flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        if (form.isReady) setAsking(true)
      }}
    >
      <Field label="Reason" hint="Readers see it on the page; it is kept in the audit log.">
        <Textarea
          rows={3}
          className="min-h-16"
          maxLength={2000}
          value={form.reason}
          onChange={(event) => form.setReason(event.target.value)}
        />
      </Field>
      <section aria-labelledby="consequences" className="border-control border-l-2 bg-sunken px-4 py-3">
        <h2 id="consequences" className="font-medium">
          What it will do
        </h2>
        <ul className="mt-1 list-disc space-y-1 pl-4">
          {effects.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <FormFoot form="Archive…">
        <Button type="submit" variant="danger" disabled={!form.isReady} pending={form.isBusy}>
          Archive…
        </Button>
        {form.isReady ? null : <p className="text-muted">A reason is needed.</p>}
      </FormFoot>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Archive ${name}`}
        effects={effects}
        undo={undo}
        word={name}
        action="Archive"
        onConfirm={form.actNow}
      />
    </form>
  )
}
