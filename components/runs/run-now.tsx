'use client'
import { JobProgress } from '@/components/job/job-progress'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { type RunPlace, useQueuedRun } from './use-queued-run'

/** Runs the transformation as a job, and shows how it goes. `running`: a run that is under way already. */
export function RunNow({ running, ...place }: RunPlace & { running: string | null }) {
  const { run, job, ended } = useQueuedRun(place)
  const watched = job ?? running
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button variant="primary" pending={run.isPending} onClick={() => run.mutate({})}>
          Run now
        </Button>
        <p className="text-muted">
          It goes on where the last run ended and computes again what late rows have changed; a window that
          fails changes nothing.
        </p>
      </div>
      {watched ? <JobProgress key={watched} id={watched} onDone={ended} /> : null}
      {run.error ? <ErrorState title="It was not started" problem={run.error.problem} /> : null}
    </div>
  )
}
