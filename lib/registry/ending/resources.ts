import { z } from 'zod'
import { instantSchema } from '@/lib/core/instant'
import { textSchema } from '../fields'

const instant = z.string().describe('RFC 3339, UTC.')
const count = z.int()
const reason = textSchema(2000, 1)

const consumerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('key'), id: textSchema(100, 1) }),
  z.strictObject({ kind: z.literal('person'), id: textSchema(100, 1) }),
])

export const extendGraceInput = z.strictObject({
  consumer: consumerSchema.describe('One API key or person by id, or all.'),
  until: instantSchema.describe('Reads are refused from then on.'),
  reason,
})

export const changeDeprecationInput = z.strictObject({
  reason: reason.optional().describe('Why it is deprecated, as its page says.'),
  replacement: textSchema(80, 1).nullable().optional(),
  sunset_at: instantSchema.nullable().optional(),
})

const graceResource = z.object({
  id: z.string(),
  consumer: z.object({ kind: z.enum(['all', 'key', 'person']), id: z.string(), name: z.string() }),
  until: instant,
  reason: z.string(),
  granted_by: z.string(),
  created_at: instant,
  in_force: z.boolean().describe('Neither withdrawn nor over.'),
  withdrawn_at: instant.nullable(),
  withdrawn_by: z.string().nullable(),
  withdraw_reason: z.string().nullable(),
})
export type GraceResource = z.output<typeof graceResource>

export const deprecationStateResource = z.object({
  group: z.string(),
  version: count,
  state: z.enum(['deprecated', 'archived']),
  reason: z.string(),
  replacement: z.string().nullable(),
  deprecated_at: instant,
  sunset_at: instant.nullable(),
  is_past_sunset: z.boolean(),
  graces: z.array(graceResource).describe('Oldest first, those that ended too.'),
  told: z
    .array(
      z.object({
        name: z.string(),
        told_at: instant,
        acknowledged_at: instant.nullable(),
        still_reads: z.boolean().describe('In person or by a key of theirs, since the deprecation.'),
      }),
    )
    .describe('Who was told and asked to acknowledge it.'),
  readers: z
    .array(
      z.object({
        kind: z.string(),
        id: z.string(),
        name: z.string(),
        owner: z.string().nullable(),
        owner_teams: z.array(z.string()),
        reads_1d: count,
        reads_7d: count,
        reads: count.describe('In the last 30 days.'),
        last_read: instant,
        still_reads: z.boolean().describe('Since the deprecation.'),
        grace_until: instant.nullable(),
      }),
    )
    .describe('Who read it in the last 30 days, most reads first.'),
  etag: z.string().describe('The group’s: state it in If-Match to change the deprecation.'),
})
export type DeprecationStateResource = z.output<typeof deprecationStateResource>

export const remindedResource = z.object({ told: count.describe('How many people got a reminder.') })
