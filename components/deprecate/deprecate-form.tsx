'use client'
import { useId, useState } from 'react'
import { useGroupNames } from '@/components/catalog/use-group-names'
import { FormErrors } from '@/components/forms/form-errors'
import { FormFoot } from '@/components/forms/form-foot'
import { Button } from '@/components/ui/button'
import { useClock } from '@/components/ui/clock'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Textarea } from '@/components/ui/textarea'
import type { ImpactResource } from '@/lib/registry/operations'
import { consequences } from './consequences'
import { useDeprecation } from './use-deprecation'
import { useFit } from './use-fit'

interface DeprecateFormProps {
  impact: ImpactResource
  /** Active versions of the same group, as `group@n`. */
  siblings: readonly string[]
  /** The catalogue speaks of this version. */
  isShown: boolean
}

type Form = ReturnType<typeof useDeprecation>

interface ReplacementFieldProps {
  form: Form
  siblings: readonly string[]
  /** Why what is typed cannot take over. */
  fault: string | undefined
  onType: () => void
  onLeave: () => void
}

function ReplacementField({ form, siblings, fault, onType, onLeave }: ReplacementFieldProps) {
  const listId = useId()
  const found = useGroupNames(form.replacement).filter(({ lifecycle }) => lifecycle === 'active')
  return (
    <>
      <Field
        label="Replacement"
        optional
        error={fault ?? form.faults.fields.replacement}
        hint="A group, or a version of one as group@2. It has to be active."
      >
        <Input
          mono
          list={listId}
          maxLength={80}
          autoComplete="off"
          value={form.replacement}
          onChange={(event) => {
            onType()
            form.setReplacement(event.target.value)
          }}
          onBlur={onLeave}
        />
      </Field>
      <datalist id={listId}>
        {[...siblings, ...found.map(({ name }) => name)].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  )
}

function SunsetField({ form }: { form: Form }) {
  const tomorrow = new Date(useClock().now.getTime() + 86_400_000).toISOString().slice(0, 10)
  return (
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
        value={form.date}
        onChange={(event) => form.setDate(event.target.value)}
      />
    </Field>
  )
}

/** Reason, replacement and sunset date; what it will do is said before it is done. */
export function DeprecateForm({ impact, siblings, isShown }: DeprecateFormProps) {
  const { group, version } = impact
  const name = `${group}@${version}`
  const form = useDeprecation(group, version)
  const [asking, setAsking] = useState(false)
  // Asked when the field is left: half a name is not there, and that is no news.
  const [asked, setAsked] = useState('')
  const typed = form.replacement.trim()
  const intent = { name, replacement: typed, isShown, sunsetAt: form.sunsetAt }
  const fit = useFit(group, version, typed, asked)
  const told = consequences(intent, impact, fit.found)
  const fault = fit.found?.refused ?? fit.failure
  const isReady = form.reason.trim() !== '' && !fit.found?.refused
  const submit = () => {
    // Straight from the field: the question waits for what is known of the replacement.
    setAsked(typed)
    if (fit.failure) fit.retry()
    setAsking(true)
  }
  return (
    <form
      className="flex max-w-140 flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) submit()
      }}
    >
      <Field
        label="Reason"
        error={form.faults.fields.reason}
        hint="Readers see it on the page; it is kept in the audit log."
      >
        <Textarea
          rows={3}
          className="min-h-16"
          maxLength={2000}
          value={form.reason}
          onChange={(event) => form.setReason(event.target.value)}
        />
      </Field>
      <ReplacementField
        form={form}
        siblings={siblings}
        fault={fault}
        onType={() => setAsking(false)}
        onLeave={() => setAsked(typed)}
      />
      <SunsetField form={form} />
      <section aria-labelledby="consequences" className="border-control border-l-2 bg-sunken px-4 py-3">
        <h2 id="consequences" className="font-medium">
          What it will do
        </h2>
        <ul className="mt-1 list-disc space-y-1 pl-4" aria-live="polite">
          {told.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <FormErrors messages={form.faults.form} />
      <FormFoot form="Deprecate…" requestId={form.faults.requestId}>
        <Button
          type="submit"
          variant="danger"
          disabled={!isReady}
          pending={form.isBusy || (asking && fit.isChecking)}
        >
          Deprecate…
        </Button>
        {form.reason.trim() === '' ? <p className="text-muted">A reason is needed.</p> : null}
        {fault ? (
          <p className="text-fail">
            <MarkedProse text={fault} />
          </p>
        ) : null}
      </FormFoot>
      <ConfirmDialog
        open={asking && fit.isChecked}
        onOpenChange={setAsking}
        title={`Deprecate ${name}`}
        effects={told}
        undo="It can be restored while the version is deprecated."
        action="Deprecate"
        onConfirm={form.confirm}
      />
    </form>
  )
}
