import { z } from 'zod'
import { definitionKinds } from './kinds'

const changeResource = z.object({
  field: z.string(),
  old: z.unknown(),
  new: z.unknown(),
  class: z.enum(['breaking', 'warning', 'info']),
})

const outcomeMembers = {
  act: z
    .enum(['create', 'update', 'revise', 'new_version', 'submit', 'none'])
    .describe(
      '`update`: what is said of it; `revise`: a compatible change of its version; `new_version`: a new major version, or the next version of a service; `submit`: a draft that says what the file says goes to its reviewers again.',
    ),
  version: z.int().nullable(),
  changes: z.array(changeResource),
  waits: z.boolean().describe('A second person has to approve it before it serves.'),
  impact: z
    .object({
      services: z.array(z.string()),
      datasets: z.array(z.string()),
      consumers: z.array(z.object({ name: z.string(), reads: z.int() })).describe('In the last 30 days.'),
      owner_teams: z.array(z.string()),
    })
    .nullable()
    .describe('Who reads what a new version or revision changes.'),
}
const outcomeResource = z.object(outcomeMembers)
export type Outcome = z.output<typeof outcomeResource>

const faultResource = z.object({
  path: z.string(),
  line: z.int(),
  column_number: z.int(),
  pointer: z.string(),
  reason: z.string(),
  code: z.string(),
})

const itemResource = z.object({
  kind: z.enum(definitionKinds),
  name: z.string(),
  path: z.string(),
  line: z.int(),
  ...outcomeMembers,
  faults: z.array(faultResource).describe('Why it cannot be done; empty: it can.'),
})
export type PlannedItem = z.output<typeof itemResource>

export const planResource = z.object({
  plan: z
    .string()
    .describe('Stands for exactly these acts; applying with it is refused when they are others by then.'),
  items: z.array(itemResource),
  faults: z.array(faultResource).describe('Of files and documents that could not be read.'),
  summary: z.object({
    create: z.int(),
    update: z.int(),
    revise: z.int(),
    new_version: z.int(),
    submit: z.int(),
    none: z.int(),
    faults: z.int(),
    breaking: z.int().describe('Items with a breaking change.'),
    waits: z.int().describe('Items that a second person has to approve.'),
  }),
})
export type PlanResource = z.output<typeof planResource>

export const appliedResource = planResource.extend({
  change_set: z
    .string()
    .nullable()
    .describe('The review in which several versions that wait are decided together.'),
})
export type AppliedResource = z.output<typeof appliedResource>

const runActs = ['plan', 'apply'] as const
export type RunAct = (typeof runActs)[number]

export const begunRunResource = z.object({
  job: z.string(),
  act: z.enum(runActs),
  run: z.string().describe('Where the outcome will be.'),
})
export type BegunRunResource = z.output<typeof begunRunResource>

export const runResource = z.object({
  job: z.string(),
  act: z.enum(runActs),
  state: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  progress: z.object({ done: z.number(), total: z.number().nullable(), message: z.string() }).nullable(),
  outcome: z
    .union([appliedResource, planResource])
    .nullable()
    .describe('What would be done, or was done, once it has succeeded; `change_set` of an application.'),
  problem: z
    .object({
      detail: z.string(),
      errors: z.array(z.object({ pointer: z.string(), reason: z.string(), code: z.string() })),
    })
    .nullable()
    .describe('Why nothing was done.'),
})
export type RunResource = z.output<typeof runResource>

export const exportResource = z.object({
  files: z.array(z.object({ path: z.string(), content: z.string().describe('YAML.') })),
  left_out: z
    .array(z.object({ kind: z.enum(definitionKinds), name: z.string(), reason: z.string() }))
    .describe('What stands in the registry and not in the files.'),
})
export type ExportResource = z.output<typeof exportResource>
