'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Time } from '@/components/ui/time'
import type { AnnouncementResource } from '@/lib/announcements/operations'
import { type ProblemError, request } from '@/lib/api-client'

function Act({ one, act, children }: { one: AnnouncementResource; act: string; children: string }) {
  const router = useRouter()
  const doing = useMutation<unknown, ProblemError>({
    mutationFn: () => request(`/api/v1/announcements/${one.id}/${act}`, { method: 'POST' }),
    onSuccess: () => router.refresh(),
  })
  return (
    <span className="flex flex-col items-end">
      <Button
        size="small"
        aria-label={`${children}: ${one.title}`}
        pending={doing.isPending}
        onClick={() => doing.mutate()}
      >
        {children}
      </Button>
      {doing.error ? (
        <span role="alert" className="text-12 text-fail">
          <MarkedProse text={doing.error.problem.detail} />
        </span>
      ) : null}
    </span>
  )
}

interface AnnouncementCalloutsProps {
  announcements: readonly AnnouncementResource[]
  /** The server's clock, ISO: what begins later is only for those who may withdraw it. */
  now: string
}

/** What is announced, each put away by the reader or ended by who may. */
export function AnnouncementCallouts({ announcements, now }: AnnouncementCalloutsProps) {
  return announcements.map((one) => (
    <Callout
      key={one.id}
      tone={one.tone}
      title={one.title}
      action={
        <>
          {one.dismissed ? null : (
            <Act one={one} act="dismiss">
              Put away
            </Act>
          )}
          {one.may_withdraw ? (
            <Act one={one} act="withdraw">
              Withdraw
            </Act>
          ) : null}
        </>
      }
    >
      <MarkedProse text={one.body} />{' '}
      <span className="text-12 text-muted">
        {one.created_by}
        {one.from > now ? (
          <>
            , from <Time at={one.from} />
          </>
        ) : null}
        {one.until ? (
          <>
            , until <Time at={one.until} />
          </>
        ) : null}
      </span>
    </Callout>
  ))
}
