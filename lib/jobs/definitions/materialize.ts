import { materializationInput } from '@/lib/ingestion'
import { defineJob } from '../define-job'

/** Brings rows of the history online that wait there. It goes on from the online watermark. */
export const materializeJob = defineJob({
  kind: 'materialize',
  input: materializationInput,
  resumable: true,
  concurrency: 2,
  retries: 3,
  load: async () => (await import('@/lib/ingestion')).runMaterialization,
})
