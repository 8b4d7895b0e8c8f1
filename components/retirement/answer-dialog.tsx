'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { request } from '@/lib/api-client'
import type { CampaignItemResource, OutcomeResource } from '@/lib/retirement/operations'
import { assetName } from './asset-words'

interface AnswerDialogProps {
  campaign: string
  answer: 'keep' | 'deprecate' | 'archive'
  items: readonly CampaignItemResource[]
  onDone: (results: OutcomeResource[]) => void
}

const words = {
  keep: { verb: 'Keep', effect: 'Nothing changes; your reason stands in the campaign and the audit log.' },
  deprecate: { verb: 'Deprecate', effect: 'Each is deprecated at once, and everybody downstream is told.' },
  archive: { verb: 'Archive', effect: 'Each that is not in use is archived at once: reads answer 410.' },
} as const

/** One answer for what is chosen; done at once, each with its own outcome. */
export function AnswerDialog({ campaign, answer, items, onDone }: AnswerDialogProps) {
  const router = useRouter()
  const [reason, setReason] = useState('')
  const [date, setDate] = useState('')
  const { verb, effect } = words[answer]
  const confirm = async () => {
    const sunset = answer === 'deprecate' && date !== '' ? { sunset_at: `${date}T00:00:00Z` } : {}
    const body = { items: items.map(({ id }) => id), answer, reason: reason.trim(), ...sunset }
    const path = `/api/v1/retirement/campaigns/${campaign}/answers`
    const { data } = await request<{ results: OutcomeResource[] }>(path, { method: 'POST', body })
    onDone(data.results)
    router.refresh()
  }
  return (
    <ConfirmDialog
      trigger={
        <Button size="small" disabled={items.length === 0}>
          {verb}…
        </Button>
      }
      title={`${verb} ${items.length}`}
      effects={[items.map(assetName).join(', '), effect]}
      undo={
        answer === 'keep'
          ? 'An answer stands; deprecating or archiving is still possible on the page of each.'
          : 'Each can be restored on its page.'
      }
      danger={answer !== 'keep'}
      action={verb}
      isReady={reason.trim() !== ''}
      onConfirm={confirm}
    >
      <Field label="Reason">
        <Textarea rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {answer === 'deprecate' ? (
        <Field label="Sunset date" optional hint="From 00:00 UTC of this day on reads are refused.">
          <Input
            type="date"
            className="max-w-48"
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
        </Field>
      ) : null}
    </ConfirmDialog>
  )
}
