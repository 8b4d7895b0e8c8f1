'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { MarkedProse } from '@/components/ui/marked-prose'
import { type ProblemError, request } from '@/lib/api-client'

interface EndSessionProps {
  ids: readonly string[]
  /** What a screen reader hears: "End the session of Firefox on Linux". */
  label: string
  children: string
}

/** Ends sessions at once. Whoever is signed out can sign in again, so nothing is asked first. */
export function EndSession({ ids, label, children }: EndSessionProps) {
  const router = useRouter()
  const end = useMutation<unknown, ProblemError>({
    mutationFn: () =>
      Promise.all(
        ids.map((id) =>
          request(`/api/v1/sessions/${encodeURIComponent(id)}`, {
            method: 'DELETE',
            headers: { 'if-match': '*' },
          }),
        ),
      ),
    onSettled: () => router.refresh(),
  })
  return (
    <span className="flex shrink-0 flex-col items-end">
      <Button size="small" aria-label={label} pending={end.isPending} onClick={() => end.mutate()}>
        {children}
      </Button>
      {end.error ? (
        <span role="alert" className="text-12 text-fail">
          <MarkedProse text={end.error.problem.detail} />
        </span>
      ) : null}
    </span>
  )
}
