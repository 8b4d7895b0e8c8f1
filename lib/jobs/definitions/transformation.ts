import { transformationJobInput } from '@/lib/ingestion'
import { defineJob } from '../define-job'

/** A run of a group's transformation: by schedule, on new data, by hand or to fill gaps. */
export const transformationJob = defineJob({
  kind: 'transformation',
  input: transformationJobInput,
  resumable: true,
  concurrency: 2,
  retries: 3,
  load: async () => (await import('@/lib/ingestion')).runQueued,
})
