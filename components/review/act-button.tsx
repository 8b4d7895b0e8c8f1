'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { toRoute } from '@/components/ui/route'
import { Textarea } from '@/components/ui/textarea'
import { ProblemError, request } from '@/lib/api-client'
import type { VersionResource } from '@/lib/registry/operations'
import type { ActWords } from './act-words'
import { reviewHref } from './place'

interface ActButtonProps {
  group: string
  version: number
  /** Last part of the act's address. */
  act: string
  environment: string | null
  words: ActWords
  primary: boolean
  /** Of the review as it is shown: a decision on what moved on is refused. */
  etag: string
  /** Why it cannot be done now. */
  disabledBecause?: string
}

const decisions = ['approve', 'request_changes', 'reject', 'withdraw']

function useAct({ group, version, act, environment, etag }: ActButtonProps, done: () => void) {
  const router = useRouter()
  return useMutation({
    mutationFn: async (reason: string) => {
      const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/versions/${version}/${act.replace('_', '-')}`
      const { data } = await request<VersionResource>(path, {
        method: 'POST',
        query: { environment },
        ...(decisions.includes(act) ? { headers: { 'if-match': etag } } : {}),
        body: { ...(reason === '' ? {} : { reason }), ...(environment ? { environment } : {}) },
      })
      return data
    },
    // What moved on is shown behind the dialog; the reason stays typed.
    onError: () => router.refresh(),
    onSuccess: (after) => {
      done()
      // A compatible change has become a revision of the version before it.
      if (after.version !== version) router.replace(toRoute(reviewHref(group, after.version)))
      else router.refresh()
    },
  })
}

/** One act on a version: says what it does, takes a reason, and does it. */
export function ActButton(props: ActButtonProps) {
  const { words, primary, disabledBecause } = props
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const form = useId()
  const act = useAct(props, () => setOpen(false))
  const change = (next: boolean) => {
    setOpen(next)
    act.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    act.mutate(reason.trim())
  }
  const problem = act.error instanceof ProblemError ? act.error.problem : undefined
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={words.title}
      trigger={
        <Button
          variant={primary ? 'primary' : 'secondary'}
          data-shortcut={words.shortcut}
          disabled={disabledBecause !== undefined}
          title={disabledBecause}
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
            pending={act.isPending}
            disabled={words.reason === 'required' && reason.trim() === ''}
          >
            {words.label}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-3">
        <ul className="list-disc space-y-1 pl-4">
          {words.effects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
        <p className="text-muted">{words.undo}</p>
        <Field
          label="Reason"
          optional={words.reason === 'optional'}
          required={words.reason === 'required'}
          hint="Stands in the version’s history and in the audit log."
        >
          <Textarea
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {act.error ? (
          <ErrorState
            title="Nothing was changed"
            problem={problem ?? { detail: 'The portal did not answer as expected. Try again.' }}
          />
        ) : null}
      </form>
    </Dialog>
  )
}
