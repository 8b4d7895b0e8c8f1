import { compactionInput } from '@/lib/ingestion'
import { defineJob } from '../define-job'

/** Merges the small files of a feature group. It goes on from what is left. */
export const compactJob = defineJob({
  kind: 'compact',
  input: compactionInput,
  resumable: true,
  retries: 3,
  load: async () => (await import('@/lib/ingestion')).runCompaction,
})
