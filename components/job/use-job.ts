'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ProblemError, request } from '@/lib/api-client'
import type { JobDetail } from '@/lib/jobs/operations'
import { isUnfinished } from './job-words'

const betweenLooksMilliseconds = 1000
const pathOf = (id: string) => `/api/v1/jobs/${encodeURIComponent(id)}`

/** The job as it goes, looked at each second until it has ended; and the act that ends it before. */
export function useJob(id: string, initial?: JobDetail) {
  const queries = useQueryClient()
  const queryKey = ['job', id]
  const job = useQuery<JobDetail, ProblemError>({
    queryKey,
    queryFn: async ({ signal }) => (await request<JobDetail>(pathOf(id), { signal })).data,
    ...(initial ? { initialData: initial } : {}),
    refetchInterval: ({ state: { data } }) =>
      data && !isUnfinished(data) ? false : betweenLooksMilliseconds,
  })
  const cancel = useMutation<JobDetail, ProblemError>({
    mutationFn: async () => (await request<JobDetail>(`${pathOf(id)}/cancel`, { method: 'POST' })).data,
    onSuccess: (ended) => queries.setQueryData(queryKey, ended),
  })
  return { job, cancel }
}
