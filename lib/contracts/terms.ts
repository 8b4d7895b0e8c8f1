import { z } from 'zod'
import { durationSchema } from '@/lib/core/duration-schema'
import { nameSchema } from '@/lib/core/names'
import { isStorableText, unstorableReason } from '@/lib/core/text'

export const enforcement = z
  .enum(['strict', 'warn'])
  .describe('`strict` refuses or holds back what breaks the term, `warn` takes it in and reports it.')

const text = (most: number) => z.string().trim().min(1).max(most).refine(isStorableText, unstorableReason)
const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
const countBounds = z
  .strictObject({ min: count.optional(), max: count.optional() })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'must state min or max')
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, 'min is greater than max')

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day in UTC, such as 06:30')

const freshness = z
  .strictObject({
    max_age: durationSchema.optional().describe('How old the newest event time may be.'),
    by: timeOfDay.optional().describe('Rows arrive each day by this time, UTC.'),
    at_commit: z
      .boolean()
      .optional()
      .describe(
        'Each batch is held to max_age too: its newest event time may be no older. Not for backfills.',
      ),
    enforcement: enforcement.optional(),
  })
  .refine(({ max_age: age, by }) => age !== undefined || by !== undefined, 'must state max_age or by')
  .refine(({ max_age: age, at_commit: at }) => !at || age !== undefined, {
    path: ['at_commit'],
    message: 'needs max_age',
  })

const check = z.strictObject({
  name: nameSchema,
  expression: text(2000).describe(
    'True or false of one row, in the language of derived features. A null keeps the row; what cannot be computed (an overflow, a division by zero) breaks the statement.',
  ),
  description: text(2000).optional(),
  enforcement: enforcement.optional(),
})

const uniqueSet = z.strictObject({
  columns: z.array(z.string().max(63)).min(1).max(16),
  enforcement: enforcement.optional(),
})

const rowCounts = z
  .strictObject({
    per_commit: countBounds.optional(),
    per_day: countBounds.optional().describe('Of event time, UTC.'),
    enforcement: enforcement.optional(),
  })
  .refine(({ per_commit: commit, per_day: day }) => commit || day, 'must state per_commit or per_day')

const nullShare = z.strictObject({
  feature: z.string().max(63),
  max: z.number().min(0).max(1).describe('Share of the rows of a day of event time.'),
  enforcement: enforcement.optional(),
})

/** What a group promises beside the terms that its features state themselves. */
export const groupTermsSchema = z.strictObject({
  enforcement: enforcement.optional(),
  freshness: freshness.optional(),
  checks: z.array(check).max(200).optional(),
  unique: z.array(uniqueSet).max(20).optional(),
  rows: rowCounts.optional(),
  null_share: z.array(nullShare).max(2000).optional(),
})

export const contractTextsSchema = z.strictObject({
  purpose: text(5000).optional().describe('What the data may be used for.'),
  service_level: text(5000).optional(),
  support: text(500).optional().describe('Who helps, and how they are reached.'),
  limitations: text(5000).optional(),
})
