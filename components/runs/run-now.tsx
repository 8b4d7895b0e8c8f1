'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { ErrorState } from '@/components/ui/error-state'
import { type ProblemError, request } from '@/lib/api-client'
import type { FinishedRunResource } from '@/lib/ingestion/operations'
import { outcomeWords } from './run-words'

interface RunNowProps {
  group: string
  version: number
  environment: string
}

function Done({ run }: { run: FinishedRunResource }) {
  const { title, text } = outcomeWords(run)
  return (
    <Callout tone={run.commit === null ? 'note' : 'ok'} title={title}>
      {text}
    </Callout>
  )
}

/** Runs the transformation and shows what came of it. */
export function RunNow({ group, version, environment }: RunNowProps) {
  const router = useRouter()
  const run = useMutation<FinishedRunResource, ProblemError>({
    mutationFn: async () => {
      const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/runs`
      const { data } = await request<FinishedRunResource>(path, {
        method: 'POST',
        query: { environment, version },
        body: {},
      })
      return data
    },
    // A failed run stands in the history too.
    onSettled: () => router.refresh(),
  })
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button variant="primary" pending={run.isPending} onClick={() => run.mutate()}>
          {run.isPending ? 'Running' : 'Run now'}
        </Button>
        <p className="text-muted">
          A run goes on where the last one ended, up to now; one that fails changes nothing.
        </p>
      </div>
      <div aria-live="polite" className="empty:hidden">
        {run.data ? <Done run={run.data} /> : null}
        {run.error ? <ErrorState title="Nothing was computed" problem={run.error.problem} /> : null}
      </div>
    </div>
  )
}
