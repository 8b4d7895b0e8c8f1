'use client'
import { JobProgress } from '@/components/job/job-progress'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import type { TransformationRunDetail } from '@/lib/ingestion/operations'
import { againBody, windowWords } from './run-words'
import { type RunPlace, useQueuedRun } from './use-queued-run'

/** A run that is under way, or the button that asks for it again. */
export function RunAgain({
  place,
  run,
  mayRun,
}: {
  place: RunPlace
  run: TransformationRunDetail
  mayRun: boolean
}) {
  const { run: again, job, ended } = useQueuedRun(place)
  const watched = job ?? (run.can_cancel ? run.job : null)
  const body = againBody(run)
  if (watched) return <JobProgress key={watched} id={watched} onDone={ended} />
  if (!mayRun) return null
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button pending={again.isPending} onClick={() => again.mutate(body)}>
          Run again
        </Button>
        <p className="text-muted">
          Computes {windowWords({ from: body.from ?? null, to: body.to ?? null })}.
        </p>
      </div>
      {again.error ? <ErrorState title="It was not started" problem={again.error.problem} /> : null}
    </div>
  )
}
