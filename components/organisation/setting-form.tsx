'use client'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import type { Values } from '@/components/edit/merge'
import { TheirsNote } from '@/components/edit/theirs-note'
import { useEdit } from '@/components/edit/use-edit'
import { FaultSummary } from '@/components/forms/fault-summary'
import { FormErrors } from '@/components/forms/form-errors'
import { FormFoot } from '@/components/forms/form-foot'
import { faultsOf } from '@/components/forms/problem-fields'
import { RestoredNote } from '@/components/forms/restored-note'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import { request } from '@/lib/api-client'
import type { SettingResource } from '@/lib/settings/operations'
import { shownLines } from './lines'
import type { SettingForm as Form } from './setting-values'

export interface PartProps {
  values: Values
  change: (part: Values) => void
  faults: Readonly<Record<string, string>>
  disabled: boolean
}

interface SettingFormProps {
  setting: SettingResource
  title: string
  form: Form
  mayChange: boolean
  /** The words of its parts. */
  labels: Readonly<Record<string, string>>
  children: (part: PartProps) => ReactNode
}

const setBy = ({ updated_by: by, updated_at: at, is_default: isDefault }: SettingResource) =>
  at === null ? (
    'as shipped'
  ) : (
    <>
      {isDefault ? 'back to what was shipped' : 'set'} by {by}, <Time at={at} relative />
    </>
  )

/** One setting of the organisation: read by all, changed by administrators, with the reason in the audit log. */
export function SettingForm({ setting, title, form, mayChange, labels, children }: SettingFormProps) {
  const router = useRouter()
  const [reason, setReason] = useState('')
  const path = `/api/v1/settings/${encodeURIComponent(setting.key)}`
  const edit = useEdit<SettingResource, SettingResource>({
    draft: `setting.${setting.key}`,
    read: setting,
    path,
    valuesOf: form.valuesOf,
    etagOf: ({ etag }) => etag,
    save: async (values, etag) => {
      const because = reason.trim() ? { reason: reason.trim() } : {}
      const body = { value: form.valueOf(values), ...because }
      return (await request<SettingResource>(path, { method: 'PATCH', body, headers: { 'if-match': etag } }))
        .data
    },
    onSaved: (saved) => {
      edit.meet(saved)
      setReason('')
      router.refresh()
    },
  })
  const faults = faultsOf(edit.error, (name) => name.startsWith('value'))
  const wordOf = (field: string) => labels[field] ?? field
  return (
    <Section title={title} note={setting.about} aside={setBy(setting)}>
      <form
        className="flex max-w-[860px] flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (mayChange && edit.isTouched && edit.undecided === 0) edit.save.mutate()
        }}
      >
        <RestoredNote title="Your changes are back" restored={edit.restored} onStartOver={edit.startOver} />
        <TheirsNote
          changed={edit.changed.map((one) => ({
            ...one,
            base: shownLines(one.base),
            mine: shownLines(one.mine),
            theirs: shownLines(one.theirs),
          }))}
          wordOf={wordOf}
          decided={edit.decided}
          onChoose={(shown, side) => {
            const found = edit.changed.find(({ field }) => field === shown.field)
            if (found) edit.choose(found, side)
          }}
        />
        {children({ values: edit.values, change: edit.change, faults: faults.fields, disabled: !mayChange })}
        <FormErrors messages={faults.form} />
        <FaultSummary title="Not saved" fields={faults.fields} labels={labels} />
        {mayChange && (edit.isTouched || edit.save.isPending) ? (
          <FormFoot form="Save" className="items-end gap-3" requestId={faults.requestId}>
            <Field label="Reason" optional className="min-w-60 grow">
              <Input value={reason} onChange={(event) => setReason(event.target.value)} />
            </Field>
            <Button
              type="submit"
              variant="primary"
              pending={edit.save.isPending}
              disabled={edit.undecided > 0}
            >
              Save
            </Button>
            <Button onClick={edit.startOver}>Undo</Button>
          </FormFoot>
        ) : null}
        {edit.save.isSuccess && !edit.isTouched ? (
          <p role="status" className="text-12 text-muted">
            Saved; in force everywhere.
          </p>
        ) : null}
      </form>
    </Section>
  )
}
