'use client'
import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Progress } from '@/components/ui/progress'
import { StateWord } from '@/components/ui/state'
import { TimedText } from '@/components/ui/timed-text'
import type { JobDetail } from '@/lib/jobs/operations'
import { isUnfinished, jobAmount, jobLabel, jobStateSigns, reachedWords } from './job-words'
import { useJob } from './use-job'

export interface JobProgressProps {
  id: string
  initial?: JobDetail
  /** Called once, when the job has ended while it was watched. */
  onDone?: (job: JobDetail) => void
}

/** A handler that an effect may call without running again when it changes. */
function useEnd(job: JobDetail | undefined, onDone: JobProgressProps['onDone']) {
  const watched = useRef(false)
  const handler = useRef(onDone)
  handler.current = onDone
  const unfinished = job !== undefined && isUnfinished(job)
  useEffect(() => {
    if (unfinished) watched.current = true
    else if (watched.current && job) {
      watched.current = false
      handler.current?.(job)
    }
  }, [unfinished, job])
}

function Ended({ job }: { job: JobDetail }) {
  const reached = reachedWords(job)
  return (
    <p className="flex flex-wrap items-baseline gap-x-3">
      <StateWord state={jobStateSigns[job.state]}>{job.state}</StateWord>
      {reached ? <span className="num">{reached}</span> : null}
      {job.error ? (
        <span className="[overflow-wrap:anywhere]">
          <TimedText text={job.error} />
        </span>
      ) : null}
    </p>
  )
}

/** A job as it goes: what it does, how far it is, and the button that ends it. It goes on when the page is left. */
export function JobProgress({ id, initial, onDone }: JobProgressProps) {
  const { job: query, cancel } = useJob(id, initial)
  const job = query.data
  useEnd(job, onDone)
  if (query.error && !job) return <ErrorState title="The job cannot be shown" problem={query.error.problem} />
  if (!job) return <Progress label="Waiting for its turn" value={0} />
  if (!isUnfinished(job)) return <Ended job={job} />
  const { progress, cancel_requested } = job
  return (
    <div className="flex flex-col gap-2" aria-live="polite">
      <Progress
        label={jobLabel(job)}
        shown={<TimedText text={jobLabel(job)} />}
        value={progress?.done ?? 0}
        {...(progress?.total ? { total: progress.total } : {})}
        text={jobAmount(job)}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Button
          size="small"
          pending={cancel.isPending}
          disabled={cancel_requested}
          onClick={() => cancel.mutate()}
        >
          Cancel
        </Button>
        <span className="text-muted">It goes on when this page is left.</span>
      </div>
      {cancel.error ? <ErrorState title="It was not cancelled" problem={cancel.error.problem} /> : null}
    </div>
  )
}
