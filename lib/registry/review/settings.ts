import { z } from 'zod'
import { defineSetting } from '@/lib/settings'

const hours = z.int().min(1).max(2160)

const levelSchema = z.strictObject({
  approvals: z.int().min(1).max(5).describe('How many people approve; the authors count for none of them.'),
  from: z
    .enum(['anyone', 'another_team', 'reviewers'])
    .describe(
      '`anyone` who may approve, only who is not of the owning team, or only who holds the role reviewer.',
    ),
  decide_within_hours: hours,
})

const policySchema = z.strictObject({
  low: levelSchema,
  medium: levelSchema,
  high: levelSchema,
  high_restricted: levelSchema.describe('Of high risk, on something restricted.'),
  remind_hours_before: hours,
})

/** What a review asks for, by the risk of the change. */
export const reviewSetting = defineSetting<z.output<typeof policySchema>>({
  key: 'governance.reviews',
  about: 'How many people approve a change, who they are and by when, by its risk.',
  schema: policySchema,
  fallback: {
    low: { approvals: 1, from: 'anyone', decide_within_hours: 120 },
    medium: { approvals: 1, from: 'anyone', decide_within_hours: 72 },
    high: { approvals: 1, from: 'anyone', decide_within_hours: 48 },
    high_restricted: { approvals: 2, from: 'anyone', decide_within_hours: 48 },
    remind_hours_before: 24,
  },
})
