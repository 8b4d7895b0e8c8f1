'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { JobProgress } from '@/components/job/job-progress'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { ErrorState } from '@/components/ui/error-state'
import { plural } from '@/components/ui/format-number'
import { Time } from '@/components/ui/time'
import { type ProblemError, request } from '@/lib/api-client'
import type { QueuedResource } from '@/lib/ingestion/operations'

interface MaterializeProps {
  group: string
  version: number
  environment: string
  /** Commits whose rows wait. */
  waiting: number
  /** `created` up to which everything is online. */
  watermark: string | null
  /** A materialization that is under way already. */
  job: string | null
  /** Why it may not be asked for; null when it may. */
  refused: string | null
}

/** How far the online store follows the history, and the job that closes the gap. */
export function Materialize({ group, version, environment, ...state }: MaterializeProps) {
  const { waiting, watermark, refused } = state
  const router = useRouter()
  const act = useMutation<QueuedResource, ProblemError>({
    mutationFn: async () => {
      const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/materialize`
      const query = { environment, version }
      return (await request<QueuedResource>(path, { method: 'POST', query, body: {} })).data
    },
  })
  const job = act.data?.job ?? state.job
  if (waiting === 0 && job === null) return null
  return (
    <Callout
      tone={waiting > 0 ? 'warn' : 'ok'}
      title={
        waiting > 0
          ? `${plural(waiting, 'commit')} ${waiting === 1 ? 'waits' : 'wait'} to go online`
          : 'Every commit is online'
      }
    >
      <p>
        {watermark ? (
          <>
            The online store is complete up to the commit of <Time at={watermark} precision="second" />.
          </>
        ) : (
          'Nothing of the history is online yet.'
        )}{' '}
        Rows written with <span className="font-mono">to=offline</span> wait until they are materialized.
      </p>
      <div className="mt-2">
        {job ? (
          <JobProgress id={job} onDone={() => router.refresh()} />
        ) : (
          <div className="flex flex-wrap items-center gap-3">
            <Button
              size="small"
              pending={act.isPending}
              disabled={refused !== null}
              onClick={() => act.mutate()}
            >
              Materialize
            </Button>
            {refused ? <span className="text-12 text-muted">{refused}</span> : null}
          </div>
        )}
      </div>
      {act.error ? <ErrorState title="Nothing was queued" problem={act.error.problem} /> : null}
    </Callout>
  )
}
