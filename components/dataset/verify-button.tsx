'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { JobProgress } from '@/components/job/job-progress'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { type ProblemError, request } from '@/lib/api-client'
import type { BuildResource } from '@/lib/datasets/operations'

interface VersionActProps {
  dataset: string
  version: number
  /** Null: the reader may; else why not. */
  refusal: string | null
}

interface ActProps extends VersionActProps {
  /** The last part of the address: `verify`, `recreate`. */
  act: string
  label: string
  failed: string
  what: string
}

/** A button whose act is a job: it shows how far that is, and the page anew when it has ended. */
function JobAct({ dataset, version, refusal, act, label, failed, what }: ActProps) {
  const router = useRouter()
  const asked = useMutation<BuildResource, ProblemError>({
    mutationFn: async () =>
      (
        await request<BuildResource>(
          `/api/v1/training-datasets/${encodeURIComponent(dataset)}/versions/${version}/${act}`,
          { method: 'POST' },
        )
      ).data,
  })
  const finish = () => {
    asked.reset()
    router.refresh()
  }
  if (asked.data) return <JobProgress id={asked.data.job} onDone={finish} />
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Button pending={asked.isPending} disabled={refusal !== null} onClick={() => asked.mutate()}>
          {label}
        </Button>
        <span className="text-12 text-muted">{refusal ?? what}</span>
      </div>
      {asked.error ? <ErrorState title={failed} problem={asked.error.problem} /> : null}
    </div>
  )
}

/** Proves a version again. */
export const VerifyButton = (props: VersionActProps) => (
  <JobAct
    {...props}
    act="verify"
    label="Verify again"
    failed="It was not verified"
    what="Hashes the files and asks the history once more."
  />
)

/** Makes deleted files again. */
export const RecreateButton = (props: VersionActProps) => (
  <JobAct
    {...props}
    act="recreate"
    label="Make the files again"
    failed="The files cannot be made again"
    what="From the specification, to the same content hash."
  />
)
