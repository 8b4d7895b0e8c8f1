'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useId, useState } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { type ProblemError, request } from '@/lib/api-client'
import { membershipOptions } from './role-words'

interface AddMemberProps {
  team: string
  candidates: readonly { email: string; name: string }[]
}

const fields = new Set(['person', 'membership'])

/** Takes somebody into a team. */
export function AddMember({ team, candidates }: AddMemberProps) {
  const router = useRouter()
  const listId = useId()
  const [person, setPerson] = useState('')
  const [membership, setMembership] = useState('member')
  const add = useMutation<unknown, ProblemError>({
    mutationFn: () =>
      request(`/api/v1/teams/${encodeURIComponent(team)}/members`, {
        method: 'POST',
        body: { person: person.trim(), membership },
      }),
    onSuccess: () => {
      setPerson('')
      router.refresh()
    },
  })
  const faults = faultsOf(add.error, (path) => fields.has(path))
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <Field
        label="Person"
        error={faults.fields.person}
        hint="The email of a person, or the name of a service account."
      >
        <Input
          list={listId}
          autoComplete="off"
          value={person}
          onChange={(event) => setPerson(event.target.value)}
        />
      </Field>
      <datalist id={listId}>
        {candidates.map(({ email, name }) => (
          <option key={email} value={email}>
            {name}
          </option>
        ))}
      </datalist>
      <Field label="As" error={faults.fields.membership}>
        <Select
          options={membershipOptions}
          value={membership}
          onChange={(event) => setMembership(event.target.value)}
        />
      </Field>
      <FormErrors messages={faults.form} />
      <div>
        <Button type="submit" pending={add.isPending} disabled={person.trim() === ''}>
          Add to the team
        </Button>
      </div>
    </form>
  )
}
