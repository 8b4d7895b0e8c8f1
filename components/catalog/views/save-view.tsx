'use client'
import { type SyntheticEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toast'
import type { ViewResource } from '@/lib/views/operations'
import { useViewAct } from './use-views'

interface SaveViewProps {
  query: ViewResource['query']
  /** The reader's own: a view can be shared with one of them. */
  teams: readonly string[]
  open: boolean
  onOpenChange: (open: boolean) => void
}

const audiences = [
  { value: 'nobody', label: 'Only me' },
  { value: 'team', label: 'A team' },
  { value: 'everyone', label: 'Everyone' },
] as const
type Audience = (typeof audiences)[number]['value']

/** Keeps what the list shows now under a name. */
export function SaveView({ query, teams, open, onOpenChange }: SaveViewProps) {
  const [name, setName] = useState('')
  const [audience, setAudience] = useState<Audience>('nobody')
  const [team, setTeam] = useState(teams[0] ?? '')
  const save = useViewAct()
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault()
    const view = {
      name: name.trim(),
      query,
      shared_with: audience,
      ...(audience === 'team' ? { team } : {}),
    }
    save.mutate(
      { act: 'create', view },
      {
        onSuccess: () => {
          onOpenChange(false)
          setName('')
          toast(`${view.name} is kept`)
        },
      },
    )
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Save this view"
      description="Keeps the search, the filters, the order and the columns. Whoever opens it finds what they may see."
    >
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        {save.error ? <Callout tone="fail">{save.error.problem.detail}</Callout> : null}
        <Field label="Name">
          <Input autoFocus value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <div className="flex flex-wrap items-center gap-3">
          <SegmentedControl
            label="Who sees it"
            value={audience}
            segments={audiences.filter(({ value }) => value !== 'team' || teams.length > 0)}
            onChange={(value) => setAudience(audiences.find((one) => one.value === value)?.value ?? 'nobody')}
          />
          {audience === 'team' ? (
            <Select
              aria-label="Team"
              options={teams}
              value={team}
              onChange={(event) => setTeam(event.target.value)}
              className="w-40"
            />
          ) : null}
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" variant="primary" pending={save.isPending} disabled={name.trim() === ''}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
