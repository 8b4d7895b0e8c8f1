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
import { type ProblemError, request } from '@/lib/api-client'
import { type NewPerson, PersonAdded } from './person-added'
import { membershipOptions, roleOptions } from './role-words'

const emptyDraft = { email: '', name: '', role: 'viewer', team: '', membership: 'member' }
type Draft = typeof emptyDraft

const bodyOf = ({ email, name, role, team, membership }: Draft) => ({
  email: email.trim(),
  name: name.trim(),
  roles: role === '' ? [] : [{ role }],
  teams: team === '' ? [] : [{ name: team, membership }],
})

/** Pointers into the body that have a field in the form. */
const fields = new Set(['email', 'name', 'roles.0', 'roles.0.role', 'teams.0.name', 'teams.0.membership'])

function usePersonForm() {
  const router = useRouter()
  const [draft, setDraft] = useState(emptyDraft)
  const add = useMutation<NewPerson, ProblemError>({
    mutationFn: async () =>
      (await request<NewPerson>('/api/v1/people', { method: 'POST', body: bodyOf(draft) })).data,
    onSuccess: () => router.refresh(),
  })
  const text = (name: keyof Draft) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) =>
      setDraft((before) => ({ ...before, [name]: event.target.value })),
  })
  const faults = faultsOf(add.error, (path) => fields.has(path))
  const startOver = () => {
    setDraft(emptyDraft)
    add.reset()
  }
  return { draft, text, add, faults, startOver }
}

/** Adds a person; the link that signs them in once is shown in place of the form. */
export function PersonForm({ teams }: { teams: readonly string[] }) {
  const { draft, text, add, faults, startOver } = usePersonForm()
  if (add.data) return <PersonAdded person={add.data} onAnother={startOver} />
  const isReady = draft.email.trim() !== '' && draft.name.trim() !== ''
  return (
    <form
      className="flex max-w-140 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <Field label="Name" error={faults.fields.name}>
        <Input maxLength={200} autoComplete="off" {...text('name')} />
      </Field>
      <Field label="Email" error={faults.fields.email} hint="Nothing is sent to it. It names the person.">
        <Input type="email" maxLength={320} autoComplete="off" {...text('email')} />
      </Field>
      <Field
        label="Role"
        error={faults.fields['roles.0'] ?? faults.fields['roles.0.role']}
        hint="In every team and environment; narrower roles can be given afterwards."
      >
        <Select options={roleOptions} placeholder="none yet" {...text('role')} />
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Team" optional error={faults.fields['teams.0.name']}>
          <Select options={teams} placeholder="no team" {...text('team')} />
        </Field>
        {draft.team === '' ? null : (
          <Field label="As" error={faults.fields['teams.0.membership']}>
            <Select options={membershipOptions} {...text('membership')} />
          </Field>
        )}
      </div>
      <FormErrors messages={faults.form} />
      <FormFoot form="Add the person" requestId={faults.requestId}>
        <Button type="submit" variant="primary" pending={add.isPending} disabled={!isReady}>
          Add the person
        </Button>
        {isReady ? null : <p className="text-muted">A name and an email are needed.</p>}
      </FormFoot>
    </form>
  )
}
