import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { profileSchema } from './profile-input'

const kindSchema = z.enum(['numeric', 'categorical', 'boolean', 'embedding'])

const sampleSchema = z
  .array(z.unknown())
  .describe('Values; null is missing. Numbers may also be "NaN" (missing), "Infinity" and "-Infinity".')

/** Rows of a feature's committed history. */
export const windowSideSchema = z.strictObject({
  group: nameSchema,
  feature: z.string().max(200),
  version: z.number().int().min(1).max(2_147_483_647).optional(),
  environment: nameSchema.optional(),
  window: z.strictObject({
    from: z.string().max(40).describe('A date or RFC 3339 time; rows from then on.'),
    to: z.string().max(40).describe('The same, rows before then; a date means its whole day.'),
  }),
})
export type WindowSide = z.output<typeof windowSideSchema>

const side = z.union([sampleSchema, windowSideSchema, profileSchema])

/** Two columns sent along, two windows of features, two profiles, or one of each. */
export const compareInput = z.strictObject({
  kind: kindSchema.optional().describe('Of values that are sent along; else the feature or profile tells.'),
  reference: side,
  current: side,
})

/** Sides are read one by one, so that a fault is named where it is. */
export const compareEnvelope = z.strictObject({
  kind: kindSchema.optional(),
  reference: z.unknown(),
  current: z.unknown(),
})
