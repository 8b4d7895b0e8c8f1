'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Select } from '@/components/ui/select'
import { type ProblemError, request } from '@/lib/api-client'
import type { TeamResource } from '@/lib/identity/operations'

interface MembershipSelectProps {
  team: string
  member: TeamResource['members'][number]
}

/** Member or maintainer, changed at once; it can be changed back. */
export function MembershipSelect({ team, member }: MembershipSelectProps) {
  const router = useRouter()
  const change = useMutation<unknown, ProblemError, string>({
    mutationFn: (membership) =>
      request(`/api/v1/teams/${encodeURIComponent(team)}/members`, {
        method: 'POST',
        body: { person: member.id, membership },
      }),
    onSuccess: () => router.refresh(),
  })
  return (
    <span className="flex shrink-0 flex-col items-end">
      <Select
        aria-label={`Membership of ${member.name}`}
        className="w-32"
        options={['member', 'maintainer']}
        value={change.isPending ? change.variables : member.membership}
        disabled={change.isPending}
        onChange={(event) => change.mutate(event.target.value)}
      />
      {change.error ? (
        <span role="alert" className="text-12 text-fail">
          <MarkedProse text={change.error.problem.detail} />
        </span>
      ) : null}
    </span>
  )
}
