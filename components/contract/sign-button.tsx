'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { MarkedProse } from '@/components/ui/marked-prose'
import { type ProblemError, request } from '@/lib/api-client'

interface SignButtonProps {
  group: string
  version: number
  service: string
  contract: number
}

/** Signs for one service; the page then shows the signature. */
export function SignButton({ group, version, service, contract }: SignButtonProps) {
  const router = useRouter()
  const act = useMutation<unknown, ProblemError>({
    mutationFn: () =>
      request(`/api/v1/feature-groups/${encodeURIComponent(group)}/contract/sign`, {
        method: 'POST',
        body: { version, service, contract },
      }),
    onSuccess: () => router.refresh(),
  })
  return (
    <span className="flex flex-col items-start gap-1">
      <Button size="small" pending={act.isPending} onClick={() => act.mutate()}>
        Sign contract {contract}
      </Button>
      {act.error ? (
        <span role="alert" className="text-12 text-fail">
          <MarkedProse text={act.error.problem.detail ?? 'It was not signed.'} />
        </span>
      ) : null}
    </span>
  )
}
