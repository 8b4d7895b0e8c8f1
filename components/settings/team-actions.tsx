'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toRoute } from '@/components/ui/route'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { TeamResource } from '@/lib/identity/operations'

const fields = new Set(['display_name', 'description'])
const pathOf = ({ name }: TeamResource) => `/api/v1/teams/${encodeURIComponent(name)}`

/** What is said about a team, as whoever opened the form saw it. */
function ChangeTeam({ team }: { team: TeamResource }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [displayName, setDisplayName] = useState(team.display_name)
  const [description, setDescription] = useState(team.description)
  const change = useMutation<unknown, ProblemError>({
    mutationFn: () =>
      request(pathOf(team), {
        method: 'PATCH',
        headers: { 'if-match': team.etag },
        body: { display_name: displayName.trim(), description: description.trim() },
      }),
    onSuccess: () => {
      setOpen(false)
      router.refresh()
    },
  })
  const faults = faultsOf(change.error, (path) => fields.has(path))
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button size="small">Change…</Button>}
      title={`Change ${team.name}`}
      footer={
        <Button variant="primary" pending={change.isPending} onClick={() => change.mutate()}>
          Save
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Shown as" error={faults.fields.display_name}>
          <Input maxLength={100} value={displayName} onChange={(e) => setDisplayName(e.target.value)} />
        </Field>
        <Field label="What it is for" optional error={faults.fields.description}>
          <Textarea rows={3} value={description} onChange={(e) => setDescription(e.target.value)} />
        </Field>
        <FormErrors messages={faults.form} />
      </div>
    </Dialog>
  )
}

/** Gone for good: only where it owns nothing, which is looked at again when it is asked for. */
function DeleteTeam({ team, afterHref }: { team: TeamResource; afterHref: string }) {
  const router = useRouter()
  return (
    <ConfirmDialog
      trigger={
        <Button size="small" variant="danger">
          Delete…
        </Button>
      }
      title={`Delete ${team.name}`}
      effects={[
        'The team and its memberships are gone; its members stay in their other teams.',
        'It is refused while the team owns anything, or a role is given for it.',
      ]}
      undo="This cannot be undone."
      word={team.name}
      action="Delete"
      onConfirm={async () => {
        await request(pathOf(team), { method: 'DELETE', headers: { 'if-match': team.etag } })
        router.push(toRoute(afterHref))
        router.refresh()
      }}
    />
  )
}

/** What can be done with a team beside its members. */
export const TeamActions = ({ team, afterHref }: { team: TeamResource; afterHref: string }) => (
  <div className="flex flex-wrap gap-2">
    <ChangeTeam key={team.etag} team={team} />
    <DeleteTeam team={team} afterHref={afterHref} />
  </div>
)
