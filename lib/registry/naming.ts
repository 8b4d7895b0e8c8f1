import { z } from 'zod'
import { linearPattern, PatternFault } from '@/lib/core/pattern'
import { nameSchema, textSchema } from './fields'

/** What a naming rule can be for. */
export const namedKinds = ['group', 'feature', 'service', 'entity', 'source', 'domain'] as const
export type NamedKind = (typeof namedKinds)[number]

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

export interface NewName {
  kind: NamedKind
  name: string
  /** The owner team, where it is known. */
  team?: string | null | undefined
}

function prefixFault(rules: NamingRules, { kind, name, team }: NewName): string[] {
  const own = rules.team_prefixes.filter((one) => one.kinds.includes(kind))
  const asked = own.filter((one) => one.team === team).map(({ prefix }) => prefix)
  if (asked.length > 0 && !asked.some((prefix) => name.startsWith(prefix)))
    return [`of team ${team} starts with ${asked.join(' or ')}`]
  const taken = own.find((one) => one.team !== team && name.startsWith(one.prefix))
  // A longer prefix of the own team may begin like another team's.
  if (asked.length > 0 || !taken) return []
  return [`starts with ${taken.prefix}, which is kept for team ${taken.team}`]
}

function patternFaults({ patterns }: NamingRules, { kind, name }: NewName): string[] {
  return patterns.flatMap(({ kinds, pattern, explanation }) => {
    if (!kinds.includes(kind) || linearPattern(`^(?:${pattern})$`).test(name)) return []
    return [explanation.trim() === '' ? `does not fit ${pattern}` : explanation.trim()]
  })
}

/**
 * What the organisation's rules have against a new name; empty when nothing. Pure: forms ask while somebody types,
 * use cases before anything is written.
 */
export function namingFaults(rules: NamingRules, asked: NewName): string[] {
  const words = asked.name.split('_')
  const reserved = rules.reserved.filter((word) => words.includes(word))
  return [
    ...reserved.map((word) => `holds \`${word}\`, a word that is reserved`),
    ...prefixFault(rules, asked),
    ...patternFaults(rules, asked),
  ]
}
