import { z } from 'zod'
import { defineJob } from '../define-job'

/** Removes from the online store what nothing finds there any more. Each step is its own transaction. */
export const clearOnlineJob = defineJob({
  kind: 'clear_online',
  input: z.object({ viewIds: z.array(z.int()) }),
  resumable: true,
  retries: 3,
  load: async () => {
    const { clearViews } = await import('@/lib/online')
    return async ({ ctx, input, saved, checkpoint, progress }) => {
      const after = typeof saved?.after === 'string' ? saved.after : null
      const rows = await clearViews(input.viewIds, after, async (step) => {
        ctx.signal.throwIfAborted()
        await checkpoint({ after: step.after })
        await progress(step.rows, null, `${step.rows} rows removed`)
      })
      return { rows }
    }
  },
})
