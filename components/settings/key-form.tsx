'use client'
import { FormErrors } from '@/components/forms/form-errors'
import { FormFoot } from '@/components/forms/form-foot'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Time } from '@/components/ui/time'
import { KeyMade } from './key-made'
import { expiryChoices, limitsSentence } from './key-words'
import { NamesField } from './names-field'
import { ScopesField } from './scopes-field'
import { useKeyForm } from './use-key-form'

interface KeyFormProps {
  /** Who the key will act for. */
  owner: string
  environments: readonly string[]
  /** Actions that the owner may do. */
  offered: readonly string[]
}

type Form = ReturnType<typeof useKeyForm>

function EnvironmentsField({ form, environments }: { form: Form; environments: readonly string[] }) {
  const { draft, change, faults } = form
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium text-12">
        Environments <span className="ml-1 font-normal text-muted">optional</span>
      </legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1.5">
        {environments.map((name) => (
          <Checkbox
            key={name}
            label={<span className="font-mono">{name}</span>}
            checked={draft.environments.includes(name)}
            onChange={(event) =>
              change({
                environments: event.target.checked
                  ? [...draft.environments, name]
                  : draft.environments.filter((one) => one !== name),
              })
            }
          />
        ))}
      </div>
      <p className="text-12 text-muted">None chosen: every environment.</p>
      {faults.fields.environments ? <p className="text-12 text-fail">{faults.fields.environments}</p> : null}
    </fieldset>
  )
}

function ExpiryFields({ form }: { form: Form }) {
  const { draft, change, faults } = form
  return (
    <div className="grid grid-cols-2 items-start gap-4">
      <Field label="Expires" error={faults.fields.expires_at}>
        <Select
          options={expiryChoices}
          value={draft.expiry}
          onChange={(event) => change({ expiry: event.target.value })}
        />
      </Field>
      {draft.expiry === 'date' ? (
        <Field label="Date" hint="Refused from 00:00 UTC of this day on.">
          <Input type="date" value={draft.date} onChange={(event) => change({ date: event.target.value })} />
        </Field>
      ) : null}
    </div>
  )
}

function Preview({ form, owner }: { form: Form; owner: string }) {
  const { draft, expiresAt } = form
  return (
    <aside aria-label="Preview" className="border-l pl-6 max-lg:border-l-0 max-lg:pl-0">
      <p className="text-12 text-muted">The key as it will be</p>
      <p className="mt-1 font-title text-20">
        {draft.name.trim() || <span className="text-muted">unnamed</span>}
      </p>
      <p className="prose mt-2">
        May {limitsSentence({ ...draft, scopes: draft.scopes ?? [] }, owner)}
        {expiresAt === null ? (
          ', without an end.'
        ) : (
          <>
            , until <Time at={expiresAt} />.
          </>
        )}
      </p>
      <p className="prose mt-2 text-muted">
        It acts in the name of {owner} and never exceeds what {owner} may at the time of a request.
      </p>
    </aside>
  )
}

/** Makes an API key; its secret is shown in place of the form, once. */
export function KeyForm({ owner, environments, offered }: KeyFormProps) {
  const form = useKeyForm()
  const { draft, change, create, faults } = form
  if (create.data) return <KeyMade made={create.data} owner={owner} onAnother={form.startOver} />
  return (
    <form
      className="grid gap-8 lg:grid-cols-[minmax(0,560px)_minmax(0,1fr)]"
      onSubmit={(event) => {
        event.preventDefault()
        create.mutate()
      }}
    >
      <div className="flex min-w-0 flex-col gap-5">
        <Field label="Name" error={faults.fields.name} hint="Where it is used, so that it is known later.">
          <Input
            value={draft.name}
            maxLength={100}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <ScopesField
          offered={offered}
          scopes={draft.scopes}
          onChange={(scopes) => change({ scopes })}
          error={faults.fields.scopes}
        />
        <EnvironmentsField form={form} environments={environments} />
        <NamesField
          names={draft.groups}
          onChange={(groups) => change({ groups })}
          error={faults.fields.groups}
        />
        <ExpiryFields form={form} />
        <FormErrors messages={faults.form} />
        <FormFoot form="Make the key" requestId={faults.requestId}>
          <Button type="submit" variant="primary" pending={create.isPending} disabled={!form.isReady}>
            Make the key
          </Button>
          {form.isReady ? null : <p className="text-muted">{form.lacks}</p>}
        </FormFoot>
      </div>
      <Preview form={form} owner={owner} />
    </form>
  )
}
