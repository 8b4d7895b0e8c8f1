'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { StateShape } from '@/components/ui/state'
import { Textarea } from '@/components/ui/textarea'
import { TimedText } from '@/components/ui/timed-text'
import type { PromotionCheckResource, PromotionResource } from '@/lib/registry/operations'
import { checkStates, openChecks, promoteEffects } from './promote-words'
import { useServingChange } from './use-promotion'

const unanswered = { detail: 'The portal did not answer as expected. Try again.' }

function Checks({ checks }: { checks: readonly PromotionCheckResource[] }) {
  return (
    <ul aria-label="Checks" className="flex flex-col gap-1.5">
      {checks.map(({ name, state, detail }) => (
        <li key={name} className="flex items-start gap-2">
          <span className="mt-1">
            <StateShape state={checkStates[state]} />
          </span>
          <span className={state === 'not_applicable' ? 'min-w-0 text-muted' : 'min-w-0'}>
            <span className="sr-only">{state.replace('_', ' ')}: </span>
            <TimedText text={detail} />
          </span>
        </li>
      ))}
    </ul>
  )
}

interface AcceptProps {
  checks: readonly PromotionCheckResource[]
  accepted: readonly string[]
  onChange: (accepted: string[]) => void
}

/** Each check that does not pass is accepted by itself. */
function Accept({ checks, accepted, onChange }: AcceptProps) {
  return (
    <fieldset className="flex flex-col gap-1 border-warn border-l-2 bg-warn-tint px-3 py-2">
      <legend className="sr-only">Accept what does not pass</legend>
      {checks.map(({ name, detail }) => (
        <Checkbox
          key={name}
          label={`Promote all the same: ${detail}`}
          checked={accepted.includes(name)}
          onChange={(event) =>
            onChange(event.target.checked ? [...accepted, name] : accepted.filter((one) => one !== name))
          }
        />
      ))}
    </fieldset>
  )
}

function usePromote(promotion: PromotionResource) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [accepted, setAccepted] = useState<string[]>([])
  const { group, version, environment, checks } = promotion
  const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/versions/${version}/promote`
  const act = useServingChange(path, environment, () => setOpen(false))
  const { acceptable, final } = openChecks(checks)
  const why = reason.trim()
  const isReady =
    final.length === 0 &&
    acceptable.every(({ name }) => accepted.includes(name)) &&
    (acceptable.length === 0 || why !== '')
  const submit = () =>
    act.mutate({
      ...(why === '' ? {} : { reason: why }),
      ...(accepted.length > 0 ? { accept: accepted } : {}),
    })
  return { open, setOpen, reason, setReason, accepted, setAccepted, act, acceptable, isReady, submit }
}

interface PromoteDialogProps {
  promotion: PromotionResource
  /** On a page of one version: what opens it. */
  button?: { label: string; variant: 'primary' | 'secondary' }
}

/** Promotion of one version into one environment: the checks, who is hit, what has to be accepted, and the act. */
export function PromoteDialog({ promotion, button }: PromoteDialogProps) {
  const form = usePromote(promotion)
  const { version, environment, checks } = promotion
  return (
    <Dialog
      open={form.open}
      onOpenChange={(next) => {
        form.setOpen(next)
        form.act.reset()
      }}
      title={`Promote version ${version} in ${environment}`}
      trigger={
        button ? (
          <Button variant={button.variant}>{button.label}</Button>
        ) : (
          <Button size="small">Promote @{version}…</Button>
        )
      }
      footer={
        <Button variant="primary" disabled={!form.isReady} pending={form.act.isPending} onClick={form.submit}>
          Promote in {environment}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <ul className="list-disc space-y-1 pl-4">
          {promoteEffects(promotion).map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
        {promotion.serving === null ? null : (
          <p className="text-muted">A rollback brings version {promotion.serving} back in one act.</p>
        )}
        <Checks checks={checks} />
        {form.acceptable.length > 0 ? (
          <Accept checks={form.acceptable} accepted={form.accepted} onChange={form.setAccepted} />
        ) : null}
        <Field
          label="Reason"
          required={form.acceptable.length > 0}
          optional={form.acceptable.length === 0}
          hint="Stands in the history of promotions and in the audit log."
        >
          <Textarea
            rows={2}
            maxLength={2000}
            value={form.reason}
            onChange={(event) => form.setReason(event.target.value)}
          />
        </Field>
        {form.act.error ? (
          <ErrorState title="Nothing was changed" problem={form.act.error.problem ?? unanswered} />
        ) : null}
      </div>
    </Dialog>
  )
}
