import { z } from 'zod'

const sideSchema = z
  .array(z.unknown())
  .describe('Values; null is missing. Numbers may also be "NaN" (missing), "Infinity" and "-Infinity".')

/** Two columns to compare, sent along. */
export const compareInput = z.strictObject({
  kind: z.enum(['numeric', 'categorical', 'boolean', 'embedding']),
  reference: sideSchema,
  current: sideSchema,
})
