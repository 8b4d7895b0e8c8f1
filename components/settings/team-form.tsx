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
import { toRoute } from '@/components/ui/route'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { TeamResource } from '@/lib/identity/operations'

const fields = new Set(['name', 'display_name', 'description'])

/** Makes a team; its page of members opens next. */
export function TeamForm() {
  const router = useRouter()
  const [name, setName] = useState('')
  const [displayName, setDisplayName] = useState('')
  const [description, setDescription] = useState('')
  const make = useMutation<TeamResource, ProblemError>({
    mutationFn: async () => {
      const shown = displayName.trim()
      const body = {
        name: name.trim(),
        ...(shown === '' ? {} : { display_name: shown }),
        description: description.trim(),
      }
      return (await request<TeamResource>('/api/v1/teams', { method: 'POST', body })).data
    },
    onSuccess: (team) => {
      router.push(toRoute(`/settings/teams?open=${encodeURIComponent(team.name)}`))
      router.refresh()
    },
  })
  const faults = faultsOf(make.error, (path) => fields.has(path))
  return (
    <form
      className="flex max-w-140 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate()
      }}
    >
      <Field
        label="Name"
        error={faults.fields.name}
        hint="Lower case, digits and _; it stands in addresses and cannot be changed."
      >
        <Input
          mono
          maxLength={63}
          autoComplete="off"
          value={name}
          onChange={(e) => setName(e.target.value)}
        />
      </Field>
      <Field label="Shown as" optional error={faults.fields.display_name}>
        <Input maxLength={100} value={displayName} onChange={(e) => setDisplayName(e.target.value)} />
      </Field>
      <Field label="What it is for" optional error={faults.fields.description}>
        <Textarea
          rows={3}
          className="min-h-16"
          value={description}
          onChange={(e) => setDescription(e.target.value)}
        />
      </Field>
      <FormErrors messages={faults.form} />
      <FormFoot form="Make the team" requestId={faults.requestId}>
        <Button
          type="submit"
          variant="primary"
          pending={make.isPending || make.isSuccess}
          disabled={name.trim() === ''}
        >
          Make the team
        </Button>
      </FormFoot>
    </form>
  )
}
