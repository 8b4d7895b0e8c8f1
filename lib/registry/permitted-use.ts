import { z } from 'zod'
import { type PermittedUse, permittedUseNames } from './permitted-use-names'

export * from './permitted-use-names'

export const permittedUseSchema = z
  .array(z.enum(permittedUseNames))
  .max(permittedUseNames.length)
  .transform((uses) => permittedUseNames.filter((use) => uses.includes(use)))
  .describe(
    '`aggregate_only`: values leave only in aggregates. `no_reidentification`: never beside what names a person.',
  )

/** Tags of columns that name a person by themselves. */
const identifierTags = ['pii', 'direct_identifier', 'direct-identifier'] as const

export const isIdentifier = (tags: readonly string[]) => identifierTags.some((tag) => tags.includes(tag))

/** The union of what holds for a feature and for its group, in the order of the names. */
export const unionOf = (...uses: (readonly PermittedUse[])[]): PermittedUse[] =>
  permittedUseNames.filter((use) => uses.some((own) => own.includes(use)))
