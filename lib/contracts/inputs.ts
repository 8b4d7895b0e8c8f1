import { z } from 'zod'
import { instantSchema } from '@/lib/core/instant'
import { nameSchema } from '@/lib/core/names'
import { isStorableText, unstorableReason } from '@/lib/core/text'
import { contractTextsSchema, groupTermsSchema } from './terms'

const reason = z.string().trim().min(1).max(2000).refine(isStorableText, unstorableReason)
const major = z.int().min(1).max(2_147_483_647)

export const proposeContractInput = z.strictObject({
  version: major.optional().describe('Major; absent: the one that the environment serves, else the newest.'),
  follows: z
    .int()
    .min(0)
    .optional()
    .describe('The newest contract that the author knew of; 409 when there is a newer one.'),
  terms: groupTermsSchema.default({}),
  ...contractTextsSchema.shape,
  valid_from: instantSchema.optional().describe('Now when absent.'),
  reason: reason.optional(),
})
export type ProposeContract = z.output<typeof proposeContractInput>

export const signContractInput = z
  .strictObject({
    version: major.optional(),
    contract: z
      .int()
      .min(1)
      .optional()
      .describe('Absent: the newest that is not in force yet, else the one in force.'),
    service: nameSchema.optional().describe('Signs for a service that selects from the group.'),
    team: nameSchema.optional().describe('Signs for a team that reads without a service.'),
  })
  .refine(
    ({ service, team }) => (service === undefined) !== (team === undefined),
    'must name a service or a team',
  )

export const importModes = ['merge', 'create', 'replace'] as const
export type ImportMode = (typeof importModes)[number]

export const importOdcsInput = z.strictObject({
  version: major.optional(),
  document: z
    .string()
    .min(1)
    .max(1_000_000)
    .refine(isStorableText, unstorableReason)
    .describe('YAML or JSON of the Open Data Contract Standard 3.'),
  mode: z
    .enum(importModes)
    .default('merge')
    .describe(
      '`merge`: what the document leaves out stays in force; `replace`: it ends; `create`: refused where a contract is in force.',
    ),
  apply: z.boolean().default(false).describe('False: only what it would change.'),
  reason: reason.optional(),
})

export const withdrawContractInput = z.strictObject({ version: major.optional(), reason })

export const stateExpectationInput = z
  .strictObject({
    version: major.optional(),
    service: nameSchema.optional(),
    team: nameSchema.optional(),
    terms: groupTermsSchema,
    reason,
  })
  .refine(
    ({ service, team }) => (service === undefined) !== (team === undefined),
    'must name a service or a team',
  )

export const decideExpectationInput = z.strictObject({ reply: reason.optional() })
export const declineExpectationInput = z.strictObject({ reply: reason })
