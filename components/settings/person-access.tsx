'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { request } from '@/lib/api-client'
import type { PersonResource } from '@/lib/identity/operations'

interface PersonAccessProps {
  person: Pick<PersonResource, 'id' | 'name' | 'disabled_at'>
  /** How many open sessions end. */
  sessions: number
}

function useAct(id: string, act: 'disable' | 'enable') {
  const router = useRouter()
  const [reason, setReason] = useState('')
  const confirm = async () => {
    const body = reason.trim() === '' ? {} : { reason: reason.trim() }
    await request(`/api/v1/people/${encodeURIComponent(id)}/${act}`, { method: 'POST', body })
    router.refresh()
  }
  const field = (
    <Field label="Reason" optional hint="Kept in the audit log.">
      <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
    </Field>
  )
  return { confirm, field }
}

/** Shuts a person out for as long as need be, or lets them in again. */
export function PersonAccess({ person, sessions }: PersonAccessProps) {
  const { id, name, disabled_at } = person
  const disable = useAct(id, 'disable')
  const enable = useAct(id, 'enable')
  if (disabled_at !== null)
    return (
      <ConfirmDialog
        trigger={<Button>Enable {name}</Button>}
        title={`Enable ${name}`}
        effects={[
          'They can sign in again, with the roles and teams they had.',
          'API keys and sessions that ended stay ended.',
        ]}
        undo="They can be disabled again."
        action="Enable"
        danger={false}
        onConfirm={enable.confirm}
      >
        {enable.field}
      </ConfirmDialog>
    )
  return (
    <ConfirmDialog
      trigger={<Button variant="danger">Disable {name}</Button>}
      title={`Disable ${name}`}
      effects={[
        `They are signed out at once, everywhere${sessions > 0 ? ` (${sessions} open now)` : ''}, and cannot sign in.`,
        'Their own API keys are revoked for good. Keys of service accounts go on.',
        'What they wrote, their roles and their teams stay.',
      ]}
      undo="They can be enabled again; revoked keys cannot."
      action="Disable"
      onConfirm={disable.confirm}
    >
      {disable.field}
    </ConfirmDialog>
  )
}
