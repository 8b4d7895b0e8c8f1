'use client'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { request } from '@/lib/api-client'
import type { TeamResource } from '@/lib/identity/operations'

interface RemoveMemberProps {
  team: string
  member: TeamResource['members'][number]
}

/** Takes somebody out of a team. */
export function RemoveMember({ team, member }: RemoveMemberProps) {
  const router = useRouter()
  const remove = async () => {
    const path = `/api/v1/teams/${encodeURIComponent(team)}/members/${encodeURIComponent(member.id)}`
    await request(path, { method: 'DELETE', headers: { 'if-match': '*' } })
    router.refresh()
  }
  return (
    <ConfirmDialog
      trigger={
        <Button size="small" aria-label={`Take ${member.name} out of ${team}`}>
          Take out
        </Button>
      }
      title={`Take ${member.name} out of ${team}`}
      effects={[
        `What they may do as a ${member.membership} of ${team} ends at once, for their keys too.`,
        'What the team owns stays the team’s.',
      ]}
      undo="They can be added again."
      action="Take out"
      onConfirm={remove}
    />
  )
}
