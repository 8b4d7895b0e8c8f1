import { z } from 'zod'
import { linearPattern, PatternFault } from '@/lib/core/pattern'
import { nameSchema, textSchema } from './fields'
import { namedKinds } from './naming-faults'

export * from './naming-faults'

const kindsSchema = z.array(z.enum(namedKinds)).min(1, 'must name at least one kind')

function patternFault(pattern: string): string | null {
  try {
    linearPattern(pattern)
    return null
  } catch (error) {
    if (error instanceof PatternFault) return error.message
    throw error
  }
}

const patternSchema = textSchema(500, 1).superRefine((pattern, check) => {
  const fault = patternFault(pattern)
  if (fault) check.addIssue({ code: 'custom', message: fault })
})

/** How new assets may be named, beyond what every name has to be. Names that are there stay valid. */
export const namingSchema = z.strictObject({
  patterns: z
    .array(
      z.strictObject({
        kinds: kindsSchema,
        pattern: patternSchema,
        explanation: textSchema(300).default('').describe('What somebody reads whose name does not fit.'),
      }),
    )
    .max(50)
    .default([])
    .describe('The whole name has to fit every pattern for its kind.'),
  team_prefixes: z
    .array(
      z.strictObject({
        team: nameSchema,
        prefix: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/, 'must hold only a-z, 0-9 and _, a letter first'),
        kinds: kindsSchema.default(['group']),
      }),
    )
    .max(500)
    .default([]),
  reserved: z
    .array(z.string().regex(/^[a-z0-9]{1,63}$/, 'must be one word of a-z and 0-9'))
    .max(1000)
    .default([])
    .describe('Words that no new name may hold between its underscores.'),
})
export type NamingRules = z.output<typeof namingSchema>

export const noNamingRules: NamingRules = { patterns: [], team_prefixes: [], reserved: [] }
