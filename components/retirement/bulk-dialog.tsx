'use client'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { request } from '@/lib/api-client'
import type { Asset, BulkPreviewResource, OutcomeResource } from '@/lib/retirement/operations'
import { bulkEffects } from './bulk-effects'

interface BulkDialogProps {
  act: 'deprecate' | 'archive'
  items: readonly Asset[]
  onDone: (results: OutcomeResource[]) => void
}

const words = {
  deprecate: { verb: 'Deprecate', undo: 'Each can be restored while it is deprecated.' },
  archive: { verb: 'Archive', undo: 'Each can be restored: its history stays.' },
} as const

/** Deprecates or archives what is chosen, after one impact of the whole set. */
export function BulkDialog({ act, items, onDone }: BulkDialogProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [date, setDate] = useState('')
  const { verb, undo } = words[act]
  const preview = useQuery({
    queryKey: ['bulk', act, items],
    queryFn: async ({ signal }) =>
      (
        await request<BulkPreviewResource>('/api/v1/retirement/bulk/preview', {
          method: 'POST',
          body: { act, items },
          signal,
        })
      ).data,
    enabled: open,
    retry: false,
    gcTime: 0,
  })
  const confirm = async () => {
    const sunset = act === 'deprecate' && date !== '' ? { sunset_at: `${date}T00:00:00Z` } : {}
    const body = { act, items, reason: reason.trim(), confirm: true, ...sunset }
    const { data } = await request<{ results: OutcomeResource[] }>('/api/v1/retirement/bulk', {
      method: 'POST',
      body,
    })
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
      open={open}
      onOpenChange={setOpen}
      title={`${verb} ${items.length}`}
      effects={preview.data ? bulkEffects(preview.data) : ['Looking for who would be hit.']}
      undo={undo}
      action={verb}
      isReady={preview.isSuccess && reason.trim() !== ''}
      onConfirm={confirm}
    >
      {preview.error ? (
        <ErrorState
          title="Not known who would be hit"
          problem={{ detail: preview.error.message }}
          onRetry={() => void preview.refetch()}
        />
      ) : null}
      <Field label="Reason" hint="Readers see it; it is kept in the audit log.">
        <Textarea rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {act === 'deprecate' ? (
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
