import { z } from 'zod'
import { defineJob } from '../define-job'

/** Looks whether every example works. */
export const examplesDayJob = defineJob({
  kind: 'examples_day',
  input: z.strictObject({ day: z.string() }),
  resumable: true,
  retries: 3,
  load: async () => {
    const { lookAtAll } = await import('@/lib/examples')
    return async ({ ctx, progress }) => ({ ...(await lookAtAll(ctx, progress)) })
  },
})
