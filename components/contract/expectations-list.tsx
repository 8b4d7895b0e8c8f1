'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Name } from '@/components/ui/name'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import { type ProblemError, request } from '@/lib/api-client'
import type { ExpectationResource } from '@/lib/contracts/operations'

function Decide({ group, id }: { group: string; id: string }) {
  const router = useRouter()
  const [reply, setReply] = useState('')
  const act = useMutation<unknown, ProblemError, 'accept' | 'decline'>({
    mutationFn: (verb) =>
      request(`/api/v1/feature-groups/${encodeURIComponent(group)}/contract/expectations/${id}/${verb}`, {
        method: 'POST',
        body: reply.trim() === '' ? {} : { reply: reply.trim() },
      }),
    onSuccess: () => router.refresh(),
  })
  return (
    <div className="mt-2 flex max-w-140 flex-col gap-2">
      <Field label="Reply" optional hint="Needed to decline.">
        <Input value={reply} maxLength={2000} onChange={(event) => setReply(event.target.value)} />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button size="small" pending={act.isPending} onClick={() => act.mutate('accept')}>
          Accept into a new contract
        </Button>
        <Button
          size="small"
          variant="quiet"
          disabled={reply.trim() === '' || act.isPending}
          onClick={() => act.mutate('decline')}
        >
          Decline
        </Button>
      </div>
      {act.error ? (
        <p role="alert" className="text-12 text-fail">
          <MarkedProse text={act.error.problem.detail ?? 'It was not decided.'} />
        </p>
      ) : null}
    </div>
  )
}

const words = {
  open: { state: 'warn', word: 'waits for the owner' },
  accepted: { state: 'ok', word: 'accepted' },
  declined: { state: 'unknown', word: 'declined' },
} as const

interface ExpectationsListProps {
  group: string
  expectations: readonly ExpectationResource[]
  /** Whether the reader decides in the owner's name. */
  mayDecide: boolean
}

/** What those who read ask for, and what came of it. */
export function ExpectationsList({ group, expectations, mayDecide }: ExpectationsListProps) {
  return (
    <ul className="border-t">
      {expectations.map((one) => (
        <li key={one.id} className="border-b py-2">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <Name name={one.name} />
            <span>{one.promises.map(({ text }) => text).join(' · ')}</span>
            <StateWord state={words[one.state].state}>{words[one.state].word}</StateWord>
            {one.accepted_in === null ? null : (
              <span className="text-muted">in contract {one.accepted_in}</span>
            )}
          </p>
          <p className="text-12 text-muted">
            {one.stated_by}, <Time at={one.stated_at} relative />: “{one.reason}”
            {one.reply ? ` – ${one.decided_by}: “${one.reply}”` : null}
          </p>
          {one.state === 'open' && mayDecide ? <Decide group={group} id={one.id} /> : null}
        </li>
      ))}
    </ul>
  )
}
