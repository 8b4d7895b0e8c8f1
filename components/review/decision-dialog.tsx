'use client'
import { type FormEvent, useId, useState } from 'react'
import { draftText } from '@/components/forms/draft-store'
import { useDraft } from '@/components/forms/use-draft'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { Textarea } from '@/components/ui/textarea'
import { ProblemError } from '@/lib/api-client'
import type { ActWords } from './act-words'

interface DecisionDialogProps {
  words: ActWords
  primary: boolean
  /** Why it cannot be done now. */
  disabledBecause?: string | undefined
  hint: string
  /** Names the decision, for what is typed and not yet sent: "airport_delays.2.reject". */
  name: string
  /** Does it with the reason, '' without one; `done` closes the dialog. */
  act: {
    mutate: (reason: string, options: { onSuccess: () => void }) => void
    reset: () => void
    isPending: boolean
    error: Error | null
  }
}

/** The button of a decision: says what it does, takes a reason, and does it; what was typed stays when it is refused. */
export function DecisionDialog({ words, primary, disabledBecause, hint, name, act }: DecisionDialogProps) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const form = useId()
  const draft = useDraft({
    name: `decision.${name}`,
    value: reason === '' ? null : reason,
    parse: draftText,
    onRestore: ({ value }) => setReason(value),
  })
  const change = (next: boolean) => {
    setOpen(next)
    act.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const onSuccess = () => {
      draft.clear()
      setReason('')
      setOpen(false)
    }
    act.mutate(reason.trim(), { onSuccess })
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
          hint={hint}
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
