'use client'
import { useMutation } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { formatCount } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import { type ProblemError, request } from '@/lib/api-client'
import type { FollowResource } from '@/lib/notify/operations'

interface FollowButtonProps {
  follow: Pick<FollowResource, 'asset' | 'following' | 'automatic'> & { followers?: number }
}

/** Follows an asset or ends it; beside it, how many people follow. */
export function FollowButton({ follow }: FollowButtonProps) {
  const router = useRouter()
  const [now, setNow] = useState(follow)
  const { kind, name } = now.asset
  const change = useMutation<FollowResource, ProblemError>({
    mutationFn: async () => {
      const path = `/api/v1/follows/${kind}/${encodeURIComponent(name)}`
      return (await request<FollowResource>(path, { method: now.following ? 'DELETE' : 'PUT' })).data
    },
    onSuccess: (next) => {
      setNow(next)
      router.refresh()
    },
  })
  const why = now.automatic
    ? 'Your team owns it, so its changes come to your inbox. Click to end that.'
    : 'Its changes come to your inbox.'
  return (
    <span className="flex flex-col items-end">
      <Button
        aria-pressed={now.following}
        aria-label={`${now.following ? 'Unfollow' : 'Follow'} ${name}`}
        title={now.following ? why : 'Follow: changes come to your inbox.'}
        pending={change.isPending}
        onClick={() => change.mutate()}
      >
        <Bell aria-hidden className={cn('size-3.5', now.following && 'fill-current')} />
        {now.following ? 'Following' : 'Follow'}
        {now.followers === undefined ? null : (
          <span className="num text-muted">{formatCount(now.followers)}</span>
        )}
      </Button>
      {change.error ? (
        <span role="alert" className="text-12 text-fail">
          <MarkedProse text={change.error.problem.detail} />
        </span>
      ) : null}
    </span>
  )
}
