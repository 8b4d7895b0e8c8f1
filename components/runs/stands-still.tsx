'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { MarkedProse } from '@/components/ui/marked-prose'
import { type ProblemError, request } from '@/lib/api-client'
import type { RunPlace } from './use-queued-run'

interface StandsStillProps {
  place: RunPlace
  reason: string
  mayRun: boolean
}

/** A schedule that is refused, why, and how it goes on. */
export function StandsStill({ place: { group, version, environment }, reason, mayRun }: StandsStillProps) {
  const router = useRouter()
  const takeOver = useMutation<void, ProblemError>({
    mutationFn: async () => {
      const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/transformation/take-over`
      await request(path, { method: 'POST', query: { environment, version } })
    },
    onSuccess: () => router.refresh(),
  })
  return (
    <Callout
      tone="warn"
      title="It does not run by itself"
      action={
        mayRun ? (
          <Button size="small" pending={takeOver.isPending} onClick={() => takeOver.mutate()}>
            Run it in my name
          </Button>
        ) : null
      }
    >
      <MarkedProse text={`${reason} ${takeOver.error?.problem.detail ?? ''}`.trim()} />
    </Callout>
  )
}
