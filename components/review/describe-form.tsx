'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { Section } from '@/components/ui/section'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { VersionResource } from '@/lib/registry/operations'
import { undescribed, withDescriptions } from './with-descriptions'

interface DescribeFormProps {
  version: VersionResource
  /** The group itself has no description. */
  isGroupBare: boolean
}

/** Under which the group's own description is kept: no feature has an empty name. */
const ofGroup = ''

function useDescribe({ version }: DescribeFormProps) {
  const router = useRouter()
  const path = `/api/v1/feature-groups/${encodeURIComponent(version.group)}`
  return useMutation<void, ProblemError, Record<string, string>>({
    mutationFn: async ({ [ofGroup]: description = '', ...features }) => {
      if (description.trim() !== '') {
        const headers = { 'if-match': '*' }
        await request(path, { method: 'PATCH', headers, body: { description: description.trim() } })
      }
      if (Object.values(features).some((text) => text.trim() !== '')) {
        await request(`${path}/versions`, { method: 'POST', body: withDescriptions(version, features) })
      }
    },
    // Whatever was written of it stands now.
    onSettled: () => router.refresh(),
  })
}

/** What a reviewer needs to know and nobody has written yet: a field for each. */
export function DescribeForm(props: DescribeFormProps) {
  const { version, isGroupBare } = props
  const [written, setWritten] = useState<Record<string, string>>({})
  const describe = useDescribe(props)
  const fields = [
    ...(isGroupBare ? [{ name: ofGroup, label: `${version.group} (the group)` }] : []),
    ...undescribed(version).map((name) => ({ name, label: name })),
  ]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    describe.mutate(written)
  }
  return (
    <Section title="Not described" note="A reviewer judges what is explained: each line is asked for.">
      <form onSubmit={submit} className="flex max-w-140 flex-col gap-3">
        {fields.map(({ name, label }) => (
          <Field key={name} label={label}>
            <Textarea
              rows={1}
              maxLength={10_000}
              value={written[name] ?? ''}
              onChange={(event) => setWritten({ ...written, [name]: event.target.value })}
            />
          </Field>
        ))}
        <div>
          <Button
            type="submit"
            variant="primary"
            pending={describe.isPending}
            disabled={fields.every(({ name }) => (written[name] ?? '').trim() === '')}
          >
            Save descriptions
          </Button>
        </div>
        {describe.error ? <ErrorState title="Not saved" problem={describe.error.problem} /> : null}
      </form>
    </Section>
  )
}
