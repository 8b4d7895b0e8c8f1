'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type ProblemError, request } from '@/lib/api-client'
import type { TransformationRunDetail } from '@/lib/ingestion/operations'

/** Where a transformation runs. */
export interface RunPlace {
  group: string
  version: number
  environment: string
}

export interface RunBody {
  from?: string | undefined
  to?: string | undefined
  step?: string | undefined
  gaps_only?: boolean | undefined
}

/** Queues a run as a job; `job` is the one to watch until it has ended. */
export function useQueuedRun({ group, version, environment }: RunPlace) {
  const router = useRouter()
  const [job, setJob] = useState<string | null>(null)
  const run = useMutation<TransformationRunDetail, ProblemError, RunBody>({
    mutationFn: async (body) => {
      const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/runs`
      const query = { environment, version, async: 'true' }
      return (await request<TransformationRunDetail>(path, { method: 'POST', query, body })).data
    },
    onSuccess: (queued) => {
      setJob(queued.job)
      router.refresh()
    },
  })
  return { run, job, ended: () => router.refresh() }
}
