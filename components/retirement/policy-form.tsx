'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { WasThisHard } from '@/components/feedback/was-this-hard'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toRoute, withParams } from '@/components/ui/route'
import { type ProblemError, request } from '@/lib/api-client'

interface PolicyFormProps {
  /** What is set. */
  set: { enabled: boolean; unread_days: number; successor_days: number }
  /** What the list below stands for. */
  shown: { unread_days: number; successor_days: number }
  etag: string
  mayManage: boolean
}

const setting = '/api/v1/settings/retirement.archive_policy'
const fields = new Set(['value.unread_days', 'value.successor_days'])

/** The days of the policy: tried on the list below, and set for every day. */
export function PolicyForm({ set, shown, etag, mayManage }: PolicyFormProps) {
  const router = useRouter()
  const [unread, setUnread] = useState(String(shown.unread_days))
  const [successor, setSuccessor] = useState(String(shown.successor_days))
  const [enabled, setEnabled] = useState(set.enabled)
  const days = { unread_days: Number(unread), successor_days: Number(successor) }
  const isShown = days.unread_days === shown.unread_days && days.successor_days === shown.successor_days
  const isSet =
    enabled === set.enabled &&
    days.unread_days === set.unread_days &&
    days.successor_days === set.successor_days
  const save = useMutation<unknown, ProblemError>({
    mutationFn: () =>
      request(setting, {
        method: 'PATCH',
        body: { value: { enabled, ...days } },
        headers: { 'if-match': etag },
      }),
    onSuccess: () => router.refresh(),
  })
  const faults = faultsOf(save.error, (name) => fields.has(name))
  return (
    <form
      className="flex max-w-140 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        router.push(toRoute(withParams('/operations/archive-policy', '', days)))
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Days without a read" error={faults.fields['value.unread_days']}>
          <Input
            type="number"
            min={1}
            max={3650}
            value={unread}
            onChange={(event) => setUnread(event.target.value)}
          />
        </Field>
        <Field label="Days with an active successor" error={faults.fields['value.successor_days']}>
          <Input
            type="number"
            min={0}
            max={3650}
            value={successor}
            onChange={(event) => setSuccessor(event.target.value)}
          />
        </Field>
      </div>
      {mayManage ? (
        <Checkbox
          label="Run each day"
          hint="What the list below names is archived without anybody asking."
          checked={enabled}
          onChange={(event) => setEnabled(event.target.checked)}
        />
      ) : (
        <p className="text-muted">
          {set.enabled ? 'It runs each day.' : 'It is switched off.'} Who manages settings can change that.
        </p>
      )}
      <FormErrors messages={faults.form} />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={isShown}>
          Preview
        </Button>
        {mayManage ? (
          <Button
            variant="primary"
            disabled={isSet || !isShown}
            pending={save.isPending}
            onClick={() => save.mutate()}
          >
            Set
          </Button>
        ) : null}
        <span role="status" className="text-12 text-muted">
          {isSet ? 'As it is set.' : isShown ? 'Not set yet.' : 'Preview it first.'}
        </span>
      </div>
      <WasThisHard kind="form" form="Set" requestId={faults.requestId} />
    </form>
  )
}
