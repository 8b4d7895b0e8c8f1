'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { plural } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { Textarea } from '@/components/ui/textarea'
import { request } from '@/lib/api-client'

/** Archives now what the policy, as it is set, lists. */
export function RunPolicy({ names }: { names: readonly string[] }) {
  const router = useRouter()
  const [reason, setReason] = useState('')
  const run = async () => {
    const body = { confirm: 'archive', reason: reason.trim() }
    const { data } = await request<{ job: string }>('/api/v1/retirement/archive-policy/run', {
      method: 'POST',
      body,
    })
    router.push(toRoute(`/operations/jobs/${data.job}`))
  }
  return (
    <ConfirmDialog
      trigger={<Button variant="danger">Archive now…</Button>}
      title={`Archive ${plural(names.length, 'version')}`}
      effects={[
        `${names.join(', ')}: reads answer 410 at once, and the rows leave the online store.`,
        'It is the policy’s act; that you asked for it stands in the audit log.',
      ]}
      undo="Each can be restored: its history stays, and its rows come back online."
      word="archive"
      action="Archive"
      isReady={reason.trim() !== ''}
      onConfirm={run}
    >
      <Field label="Reason">
        <Textarea rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </ConfirmDialog>
  )
}
