'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { type BackfillRange, backfillBody, backfillEffects } from './backfill-words'
import { type RunPlace, useQueuedRun } from './use-queued-run'

const steps = [
  { value: 'P1D', label: 'a day' },
  { value: 'P7D', label: '7 days' },
  { value: 'P28D', label: '28 days' },
]

interface BackfillProps {
  place: RunPlace
  /** Both days are among those that are computed. */
  range: { first: string; last: string }
  /** The present day, UTC. */
  today: string
  label: string
}

function RangeFields({
  range,
  today,
  change,
}: {
  range: BackfillRange
  today: string
  change: (range: BackfillRange) => void
}) {
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Field label="First day, UTC">
        <Input
          type="date"
          max={range.last}
          value={range.first}
          onChange={(event) => change({ ...range, first: event.target.value })}
        />
      </Field>
      <Field label="Last day, UTC">
        <Input
          type="date"
          min={range.first}
          max={today}
          value={range.last}
          onChange={(event) => change({ ...range, last: event.target.value })}
        />
      </Field>
      <Field label="One window holds">
        <Select
          options={steps}
          value={range.step}
          onChange={(event) => change({ ...range, step: event.target.value })}
        />
      </Field>
      <Checkbox
        className="sm:col-span-3"
        label="Only what is missing"
        hint="Windows whose rows stand are left as they are."
        checked={range.gapsOnly}
        onChange={(event) => change({ ...range, gapsOnly: event.target.checked })}
      />
    </div>
  )
}

/** Computes days that are over: says what it will do, then the page shows how it goes. */
export function Backfill({ place, range: { first, last }, today, label }: BackfillProps) {
  const [range, setRange] = useState<BackfillRange>({ first, last, step: 'P1D', gapsOnly: true })
  const { run } = useQueuedRun(place)
  const start = async () => {
    await run.mutateAsync(backfillBody(range, today))
  }
  return (
    <ConfirmDialog
      trigger={<Button size="small">{label}</Button>}
      title={`Backfill ${place.group}@${place.version}`}
      effects={backfillEffects(range)}
      undo="Each window is one commit, and can be reverted."
      action="Backfill"
      danger={false}
      onConfirm={start}
    >
      <RangeFields range={range} today={today} change={setRange} />
    </ConfirmDialog>
  )
}
