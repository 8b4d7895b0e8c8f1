'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { type ProblemError, request } from '@/lib/api-client'
import { roleOptions } from './role-words'

interface GiveRoleProps {
  personId: string
  teams: readonly string[]
  environments: readonly string[]
}

const fields = new Set(['role', 'team', 'environment'])

/** One more role, for every team and environment or for one. */
export function GiveRole({ personId, teams, environments }: GiveRoleProps) {
  const router = useRouter()
  const [role, setRole] = useState('viewer')
  const [team, setTeam] = useState('')
  const [environment, setEnvironment] = useState('')
  const give = useMutation<unknown, ProblemError>({
    mutationFn: () =>
      request(`/api/v1/people/${encodeURIComponent(personId)}/roles`, {
        method: 'POST',
        body: { role, team: team || null, environment: environment || null },
      }),
    onSuccess: () => router.refresh(),
  })
  const faults = faultsOf(give.error, (path) => fields.has(path))
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        give.mutate()
      }}
    >
      <Field label="Role" error={faults.fields.role}>
        <Select options={roleOptions} value={role} onChange={(event) => setRole(event.target.value)} />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="For" error={faults.fields.team}>
          <Select
            placeholder="every team"
            options={teams}
            value={team}
            onChange={(event) => setTeam(event.target.value)}
          />
        </Field>
        <Field label="In" error={faults.fields.environment}>
          <Select
            placeholder="every environment"
            options={environments}
            value={environment}
            onChange={(event) => setEnvironment(event.target.value)}
          />
        </Field>
      </div>
      <FormErrors messages={faults.form} />
      <div>
        <Button type="submit" pending={give.isPending}>
          Give this role
        </Button>
      </div>
    </form>
  )
}
