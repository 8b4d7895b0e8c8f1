import { z } from 'zod'
import { contractTextsSchema, enforcement, groupTermsSchema } from './terms'

const instant = z.string().describe('RFC 3339, UTC.')

const partyKinds = ['owner', 'service', 'team'] as const

const signatureResource = z.object({
  party: z.enum(partyKinds),
  name: z.string().describe('Of the team, or of the service.'),
  signed_by: z.string(),
  signed_at: instant,
  carried_from: z
    .int()
    .nullable()
    .describe('The contract that was signed, where this one promises no less and the signature went on.'),
})

const changeResource = z.object({
  term: z.string(),
  old: z.string().nullable(),
  new: z.string().nullable(),
  effect: z.enum(['more', 'less', 'same']).describe('What is promised to those who read, against before.'),
})

export const contractVersionResource = z.object({
  group: z.string(),
  version: z.int().describe('Major version of the group.'),
  number: z.int(),
  state: z.enum(['proposed', 'agreed', 'in_force', 'superseded', 'withdrawn']),
  terms: groupTermsSchema,
  promises: z.array(z.object({ term: z.string(), text: z.string(), enforcement })),
  ...contractTextsSchema.shape,
  change: z.enum(['first', 'same', 'more', 'less']),
  changes: z.array(changeResource).describe('Against the contract before it.'),
  reason: z.string().nullable(),
  valid_from: instant,
  proposed_at: instant,
  proposed_by: z.string(),
  agreed_at: instant.nullable(),
  withdrawn: z.object({ at: instant, reason: z.string() }).nullable(),
  signatures: z.array(signatureResource),
  waits_for: z.array(z.string()).describe('Signers of the contract in force who have not signed this one.'),
})
export type ContractVersionResource = z.output<typeof contractVersionResource>

const partyResource = z.object({
  party: z.enum(partyKinds),
  name: z.string(),
  team: z.string(),
  features: z.array(z.string()).describe('What the service selects; empty for others.'),
  signed: z.int().nullable().describe('Number of the newest contract that it has signed.'),
  may_sign: z.boolean().describe('Whether the caller may act for it.'),
  signs_now: z.boolean().describe('Whether the caller may sign for it and it has not signed yet.'),
})
export type PartyResource = z.output<typeof partyResource>

export const expectationResource = z.object({
  id: z.string(),
  party: z.enum(['service', 'team']),
  name: z.string(),
  terms: groupTermsSchema,
  promises: z.array(z.object({ term: z.string(), text: z.string(), enforcement })),
  reason: z.string(),
  state: z.enum(['open', 'accepted', 'declined']),
  stated_by: z.string(),
  stated_at: instant,
  decided_by: z.string().nullable(),
  decided_at: instant.nullable(),
  reply: z.string().nullable(),
  accepted_in: z.int().nullable(),
})
export type ExpectationResource = z.output<typeof expectationResource>

export const contractResource = z.object({
  group: z.string(),
  version: z.int(),
  owner_team: z.string(),
  contract: contractVersionResource.nullable().describe('The one in force.'),
  proposed: contractVersionResource.nullable().describe('The newest that is not in force yet.'),
  parties: z.array(partyResource).describe('The owner, services that select from the group, and who signed.'),
  expectations: z.array(expectationResource),
  open_breaches: z.int(),
})
export type ContractResource = z.output<typeof contractResource>

export const breachResource = z.object({
  id: z.string(),
  term: z.string(),
  rule: z.string(),
  feature: z.string().nullable(),
  outcome: z
    .enum(['accepted', 'held_back', 'refused', 'window'])
    .describe('What became of the rows; `window`: a day that has passed broke it.'),
  severity: z.enum(['warn', 'fail']),
  contract: z.int().nullable(),
  version: z.int(),
  environment: z.string(),
  commit: z.string().nullable(),
  window: z.object({ start: instant, end: instant }).nullable(),
  rows: z.int(),
  checked: z.int().nullable(),
  observed: z.string(),
  promised: z.string(),
  occurrences: z.int(),
  opened_at: instant,
  last_at: instant,
  closed_at: instant.nullable().describe('When a later batch or day kept the term; null: open.'),
})
export type BreachResource = z.output<typeof breachResource>
