import { z } from 'zod'
import { defineJob } from '../define-job'

/** A plan or an application of files of definitions: one transaction, so what was stopped begins anew. */
export const definitionsJob = defineJob({
  kind: 'definitions',
  input: z.strictObject({ act: z.enum(['plan', 'apply']) }),
  resumable: true,
  load: async () => (await import('@/lib/definitions')).performRun,
})
