import { z } from 'zod'
import { defineJob } from '../define-job'

const input = z.strictObject({ version_id: z.string() })

/** A training dataset's version: joined, proved, counted and published as one. After a crash it starts over. */
export const buildDatasetJob = defineJob({
  kind: 'build-dataset',
  input,
  resumable: true,
  concurrency: 2,
  retries: 2,
  load: async () => {
    const { buildDataset } = await import('@/lib/datasets')
    return async (run) => ({ ...(await buildDataset(run.ctx, run.input.version_id, run.progress)) })
  },
})

/** Files and content hashed again, the history asked again. */
export const verifyDatasetJob = defineJob({
  kind: 'verify-dataset',
  input,
  resumable: true,
  retries: 2,
  load: async () => {
    const { runVerification } = await import('@/lib/datasets')
    return async (run) => ({ ...(await runVerification(run.ctx, run.input.version_id, run.progress)) })
  },
})

/** Deleted files made again, to the same content hash. */
export const recreateDatasetJob = defineJob({
  kind: 'recreate-dataset',
  input,
  resumable: true,
  retries: 2,
  load: async () => {
    const { runRecreation } = await import('@/lib/datasets')
    return async (run) => ({ ...(await runRecreation(run.ctx, run.input.version_id, run.progress)) })
  },
})
