'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { plural } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import { StateWord } from '@/components/ui/state'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { DecisionOutcome, ReviewResource } from '@/lib/governance/operations'

type Decision = 'approve' | 'request_changes'

const words: Record<Decision, { label: string; effect: string }> = {
  approve: {
    label: 'Approve',
    effect: 'Each is approved for itself: one that is refused stops no other.',
  },
  request_changes: {
    label: 'Request changes',
    effect: 'Each goes back to its author as a draft, with this reason.',
  },
}

const itemOf = ({ group, version, change_set: set, etag }: ReviewResource) => ({
  ...(set ? { change_set: set.id } : { group, version }),
  ...(etag === null ? {} : { etag }),
})

const keyOf = ({ group, version, change_set: set }: DecisionOutcome) => set ?? `${group}@${version}`

function useDecide(chosen: readonly ReviewResource[], decision: Decision) {
  const router = useRouter()
  return useMutation<DecisionOutcome[], ProblemError, string>({
    mutationFn: async (reason) => {
      const { data } = await request<{ data: DecisionOutcome[] }>('/api/v1/reviews/decide', {
        method: 'POST',
        body: { decision, items: chosen.map(itemOf), ...(reason === '' ? {} : { reason }) },
      })
      return data.data
    },
    onSuccess: () => router.refresh(),
  })
}

function Outcomes({ outcomes, names }: { outcomes: readonly DecisionOutcome[]; names: Map<string, string> }) {
  return (
    <ul aria-label="What became of each" className="flex flex-col gap-1 border-t pt-2">
      {outcomes.map((one) => (
        <li key={keyOf(one)}>
          <StateWord state={one.done ? 'ok' : 'fail'}>{names.get(keyOf(one)) ?? keyOf(one)}</StateWord>{' '}
          {one.problem ? <MarkedProse text={one.problem.detail} /> : one.state?.replace('_', ' ')}
        </li>
      ))}
    </ul>
  )
}

const nameOf = ({ group, version, change_set: set }: ReviewResource) => ({
  key: set ? set.id : `${group}@${version}`,
  name: set ? set.title : `${group}@${version}`,
})

interface BatchActProps {
  decision: Decision
  chosen: readonly ReviewResource[]
  onDone: () => void
}

/** One decision on everything that is chosen, with one reason; each is answered for itself. */
function BatchAct({ decision, chosen, onDone }: BatchActProps) {
  const { label, effect } = words[decision]
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  // What was chosen when it was sent: what is decided leaves the list behind the dialog.
  const [sent, setSent] = useState<readonly ReviewResource[]>([])
  const form = useId()
  const decide = useDecide(chosen, decision)
  const needsReason = decision === 'request_changes'
  const change = (next: boolean) => {
    setOpen(next)
    if (!next && decide.isSuccess) onDone()
    if (next) decide.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setSent(chosen)
    decide.mutate(reason.trim())
  }
  const names = new Map(sent.map((one) => [nameOf(one).key, nameOf(one).name]))
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={`${label}: ${plural(decide.data ? sent.length : chosen.length, 'review')}`}
      description={effect}
      trigger={<Button variant={needsReason ? 'secondary' : 'primary'}>{label}</Button>}
      footer={
        decide.isSuccess ? (
          <Button variant="primary" onClick={() => change(false)}>
            Close
          </Button>
        ) : (
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button
              type="submit"
              form={form}
              variant="primary"
              pending={decide.isPending}
              disabled={needsReason && reason.trim() === ''}
            >
              {label}
            </Button>
          </>
        )
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-3">
        {decide.data ? (
          <Outcomes outcomes={decide.data} names={names} />
        ) : (
          <>
            <ul className="list-disc pl-4">
              {chosen.map((one) => (
                <li key={nameOf(one).key}>{nameOf(one).name}</li>
              ))}
            </ul>
            <Field label="Reason" optional={!needsReason} required={needsReason}>
              <Textarea
                rows={3}
                maxLength={2000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </Field>
          </>
        )}
        {decide.error ? <ErrorState title="Nothing was decided" problem={decide.error.problem} /> : null}
      </form>
    </Dialog>
  )
}

/** What can be done with everything that is chosen. */
export function BatchBar({ chosen, onDone }: { chosen: readonly ReviewResource[]; onDone: () => void }) {
  if (chosen.length === 0) return null
  return (
    <section
      aria-label="Chosen reviews"
      className="flex flex-wrap items-center gap-2 bg-accent-tint px-3 py-2"
    >
      <span className="mr-auto">{plural(chosen.length, 'review')} chosen</span>
      <BatchAct decision="approve" chosen={chosen} onDone={onDone} />
      <BatchAct decision="request_changes" chosen={chosen} onDone={onDone} />
      <Button variant="quiet" onClick={onDone}>
        Choose none
      </Button>
    </section>
  )
}
