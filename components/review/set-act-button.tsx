'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { ChangeSetAct, ChangeSetResource } from '@/lib/governance/operations'

interface SetActWords {
  label: string
  effect: string
  undo: string
  reason: 'optional' | 'required'
  shortcut?: string
}

const setActWords: Record<ChangeSetAct['act'], SetActWords> = {
  approve: {
    label: 'Approve',
    effect: 'All of its versions are approved, or none.',
    undo: 'An approval is not taken back; versions can be deprecated.',
    reason: 'optional',
    shortcut: 'a',
  },
  request_changes: {
    label: 'Request changes',
    effect: 'All of its versions are drafts again, and their authors see the reason.',
    undo: 'They can be submitted again.',
    reason: 'required',
    shortcut: 'r',
  },
  reject: {
    label: 'Reject',
    effect: 'None of its versions can be submitted again; all stay in the history.',
    undo: 'A rejection is not taken back.',
    reason: 'required',
    shortcut: 'x',
  },
  withdraw: {
    label: 'Withdraw',
    effect: 'All of its versions are drafts again, and leave the queue of their reviewers.',
    undo: 'They can be submitted again.',
    reason: 'required',
  },
}

interface SetActButtonProps {
  set: Pick<ChangeSetResource, 'id' | 'title' | 'etag'>
  act: ChangeSetAct
  primary: boolean
}

function useSetAct({ set, act }: SetActButtonProps, done: () => void) {
  const router = useRouter()
  return useMutation<ChangeSetResource, ProblemError, string>({
    mutationFn: async (reason) => {
      const path = `/api/v1/change-sets/${encodeURIComponent(set.id)}/${act.act.replace('_', '-')}`
      const { data } = await request<ChangeSetResource>(path, {
        method: 'POST',
        headers: { 'if-match': set.etag },
        body: reason === '' ? {} : { reason },
      })
      return data
    },
    onSuccess: done,
    // What moved on is shown behind the dialog; the reason stays typed.
    onSettled: () => router.refresh(),
  })
}

/** One act on a change set: says what it does, takes a reason, and does it. */
export function SetActButton(props: SetActButtonProps) {
  const { set, act, primary } = props
  const words = setActWords[act.act]
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const form = useId()
  const decide = useSetAct(props, () => setOpen(false))
  const change = (next: boolean) => {
    setOpen(next)
    decide.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    decide.mutate(reason.trim())
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={`${words.label}: ${set.title}`}
      trigger={
        <Button
          variant={primary ? 'primary' : 'secondary'}
          data-shortcut={words.shortcut}
          disabled={!act.allowed}
          title={act.allowed ? undefined : act.rule}
        >
          {words.label} {words.shortcut ? <Kbd>{words.shortcut}</Kbd> : null}
        </Button>
      }
      footer={
        <>
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            pending={decide.isPending}
            disabled={words.reason === 'required' && reason.trim() === ''}
          >
            {words.label}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-3">
        <p>{words.effect}</p>
        <p className="text-muted">{words.undo}</p>
        <Field label="Reason" optional={words.reason === 'optional'} required={words.reason === 'required'}>
          <Textarea
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {decide.error ? <ErrorState title="Nothing was changed" problem={decide.error.problem} /> : null}
      </form>
    </Dialog>
  )
}
