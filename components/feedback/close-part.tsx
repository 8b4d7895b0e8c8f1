'use client'
import { useState } from 'react'
import { draftText } from '@/components/forms/draft-store'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { useDraft } from '@/components/forms/use-draft'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { FeedbackActs } from './use-feedback-acts'

interface ClosePartProps {
  ids: readonly string[]
  acts: FeedbackActs
  onClosed?: () => void
}

const known = (path: string) => path === 'reason'

/** Closing with what became of it; the reason stays when it is refused. */
export function ClosePart({ ids, acts, onClosed }: ClosePartProps) {
  const [reason, setReason] = useState('')
  const draft = useDraft({
    name: `feedback.close.${ids.length === 1 ? ids[0] : 'several'}`,
    value: reason === '' ? null : reason,
    parse: draftText,
    onRestore: ({ value }) => setReason(value),
  })
  const faults = faultsOf(acts.closeError, known)
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        acts.close(ids, reason.trim()).then(
          () => {
            draft.clear()
            onClosed?.()
          },
          () => {},
        )
      }}
    >
      <Field label="What became of it" hint="Who told it is told this too." error={faults.fields.reason}>
        <Textarea rows={3} maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} />
      </Field>
      <FormErrors messages={faults.form} />
      <div>
        <Button type="submit" variant="primary" pending={acts.pending} disabled={reason.trim() === ''}>
          Close
        </Button>
      </div>
    </form>
  )
}
