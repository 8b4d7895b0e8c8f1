import { z } from 'zod'
import { defineJob } from '../define-job'

/** Reminders of sunsets and campaigns, and the archive policy where it is switched on. What was done is not done twice. */
export const retirementDayJob = defineJob({
  kind: 'retirement_day',
  input: z.strictObject({ day: z.string() }),
  resumable: true,
  retries: 3,
  load: async () => {
    const { retirementDay } = await import('@/lib/retirement')
    return async ({ ctx, progress }) => ({ ...(await retirementDay(ctx, progress)) })
  },
})

/** The archive policy, asked for by hand. */
export const archiveByPolicyJob = defineJob({
  kind: 'archive_by_policy',
  input: z.strictObject({}),
  resumable: true,
  retries: 3,
  load: async () => {
    const { archiveByPolicy } = await import('@/lib/retirement')
    return async ({ ctx, progress }) => ({ ...(await archiveByPolicy(ctx, progress)) })
  },
})
