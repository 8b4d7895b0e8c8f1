import { z } from 'zod'
import { instantSchema } from '@/lib/core/instant'
import { nameSchema } from '@/lib/core/names'
import { type Operation, operation } from '@/lib/core/operation'
import {
  decideExpectationInput,
  declineExpectationInput,
  importModes,
  importOdcsInput,
  proposeContractInput,
  signContractInput,
  stateExpectationInput,
  withdrawContractInput,
} from './inputs'
import { breachResource, contractResource, contractVersionResource, expectationResource } from './resources'

export type * from './resources'

const tag = 'contracts'
const base = '/api/v1/feature-groups/{name}/contract'
const params = z.object({ name: z.string().max(1000) })
const numbered = params.extend({ number: z.coerce.number().int().min(1).max(2_147_483_647) })
const version = z.coerce
  .number()
  .int()
  .min(1)
  .max(2_147_483_647)
  .optional()
  .describe('Major; absent: the one that the environment serves, else the newest.')
const place = z.strictObject({ environment: nameSchema.optional(), version })

const exampleTerms = {
  enforcement: 'strict',
  freshness: { max_age: 'P1D', enforcement: 'warn' },
  checks: [{ name: 'sessions_need_logins', expression: 'num_logins > 0 or avg_session_duration is null' }],
  unique: [{ columns: ['customer_id', 'interaction_date'] }],
  rows: { per_day: { min: 1000 } },
  null_share: [{ feature: 'avg_session_duration', max: 0.2 }],
}

export const getContractOperation = operation({
  operationId: 'getContract',
  method: 'GET',
  path: base,
  summary: 'The contract of a feature group, who signed it, and what readers ask for',
  description: 'Terms of single features stand with the features.',
  tag,
  params,
  query: place,
  responses: { 200: { description: 'The contract; null where none is in force.', schema: contractResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const listContractVersionsOperation = operation({
  operationId: 'listContractVersions',
  method: 'GET',
  path: `${base}/versions`,
  summary: 'All contracts of a version of a feature group, newest first',
  tag,
  params,
  query: place,
  responses: {
    200: {
      description: 'Each with its difference.',
      schema: z.object({ data: z.array(contractVersionResource) }),
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const proposeContractOperation = operation({
  operationId: 'proposeContract',
  method: 'POST',
  path: `${base}/versions`,
  summary: 'Propose the next contract, signed by the owner',
  description:
    'In force from `valid_from` on. One that promises less than the contract in force waits until those who signed that have signed this one.',
  tag,
  params,
  body: {
    schema: proposeContractInput,
    example: { terms: exampleTerms, purpose: 'Churn models of the growth team.', support: '#growth-data' },
  },
  responses: { 201: { description: 'The contract.', schema: contractVersionResource } },
  auth: 'required',
  action: 'group:update',
})

export const getContractVersionOperation = operation({
  operationId: 'getContractVersion',
  method: 'GET',
  path: `${base}/versions/{number}`,
  summary: 'One contract of a feature group',
  tag,
  params: numbered,
  query: place,
  responses: { 200: { description: 'The contract.', schema: contractVersionResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const withdrawContractOperation = operation({
  operationId: 'withdrawContract',
  method: 'POST',
  path: `${base}/versions/{number}/withdraw`,
  summary: 'Take back a contract that is not in force yet',
  tag,
  params: numbered,
  body: { schema: withdrawContractInput, example: { reason: 'The source cannot keep it.' } },
  responses: { 200: { description: 'It is withdrawn.', schema: contractVersionResource } },
  auth: 'required',
  action: 'group:update',
})

export const signContractOperation = operation({
  operationId: 'signContract',
  method: 'POST',
  path: `${base}/sign`,
  summary: 'Sign a contract for a service or a team that reads the group',
  tag,
  params,
  body: { schema: signContractInput, example: { service: 'churn_v1' } },
  responses: { 200: { description: 'The contract with the signature.', schema: contractVersionResource } },
  auth: 'required',
  action: 'contract:sign',
})

export const exportOdcsOperation = operation({
  operationId: 'exportContract',
  method: 'GET',
  path: `${base}/odcs`,
  summary: 'The contract of a feature group as a document of the Open Data Contract Standard',
  description:
    'Version 3.1, with the terms of features. A document that was imported comes back as it was while it says what holds.',
  tag,
  params,
  query: place,
  responses: { 200: { description: 'YAML.', contentTypes: ['application/yaml'] } },
  auth: 'required',
  action: 'catalog:describe',
})

const odcsImport = z.object({
  group: z.string(),
  version: z.int(),
  terms: contractVersionResource.shape.terms,
  purpose: z.string().optional(),
  service_level: z.string().optional(),
  support: z.string().optional(),
  limitations: z.string().optional(),
  mode: z.enum(importModes),
  change: contractVersionResource.shape.change,
  changes: contractVersionResource.shape.changes,
  modes: z
    .array(
      z.object({
        mode: z.enum(importModes),
        change: contractVersionResource.shape.change,
        changes: contractVersionResource.shape.changes,
        refused: z.string().nullable().describe('Why it cannot be applied so.'),
      }),
    )
    .describe('What the document would come to each way.'),
  features: z
    .array(
      z.object({
        feature: z.string(),
        term: z.string(),
        now: z.string().nullable(),
        document: z.string().nullable(),
      }),
    )
    .describe('Terms of features that differ: a new version of the group takes them in, not the contract.'),
  not_enforced: z
    .array(z.object({ path: z.string(), line: z.int().nullable(), reason: z.string() }))
    .describe(
      'Parts of the document that no term stands for. They are kept with the contract and come back on export.',
    ),
  contract: z.int().nullable().describe('What was proposed; null of a preview.'),
})

export type { ImportMode } from './inputs'
export type OdcsImportResource = z.output<typeof odcsImport>

export const importOdcsOperation = operation({
  operationId: 'importContract',
  method: 'POST',
  path: `${base}/import`,
  summary: 'Read a document of the Open Data Contract Standard, as a preview or as the next contract',
  description:
    'By `mode` it is merged into the contract in force (the default: terms and texts that it leaves out stay), takes its place, or is the first one. A preview says what each would do.',
  tag,
  params,
  body: {
    schema: importOdcsInput,
    example: {
      document:
        'apiVersion: v3.1.0\nkind: DataContract\nid: customer_engagement\nversion: 1.0.0\nstatus: active\nslaProperties:\n  - {property: freshness, value: 6, unit: hours}\n',
    },
  },
  responses: { 200: { description: 'What it says, against the contract in force.', schema: odcsImport } },
  auth: 'required',
  action: 'group:update',
})

export const listBreachesQuery = z.strictObject({
  environment: nameSchema.optional(),
  version,
  state: z.enum(['open', 'closed']).optional(),
  outcome: z.enum(['accepted', 'held_back', 'refused', 'window']).optional(),
  since: instantSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .describe('`csv`: all that the filters leave, without pages.'),
})
export type ListBreachesQuery = z.output<typeof listBreachesQuery>

export const listBreachesOperation = operation({
  operationId: 'listContractBreaches',
  method: 'GET',
  path: `${base}/breaches`,
  summary: 'What broke the contract of a feature group, newest first',
  tag,
  params,
  query: listBreachesQuery,
  responses: {
    200: {
      description: 'A page of breaches.',
      contentTypes: ['application/json', 'text/csv'],
      schema: z.object({
        data: z.array(breachResource),
        meta: z.object({ next_cursor: z.string().nullable(), total: z.int() }),
      }),
    },
  },
  auth: 'required',
  action: 'group:read_statistics',
})

export const stateExpectationOperation = operation({
  operationId: 'stateContractExpectation',
  method: 'POST',
  path: `${base}/expectations`,
  summary: 'State the terms that a service or a team needs',
  description: 'The owner accepts them, which makes a contract that holds them, or declines with a word why.',
  tag,
  params,
  body: {
    schema: stateExpectationInput,
    example: {
      service: 'churn_v1',
      terms: { freshness: { max_age: 'PT6H' } },
      reason: 'Predictions are made four times a day.',
    },
  },
  responses: { 201: { description: 'It waits for the owner.', schema: expectationResource } },
  auth: 'required',
  action: 'contract:sign',
})

const expectationParams = params.extend({ id: z.string().max(100) })

export const acceptExpectationOperation = operation({
  operationId: 'acceptContractExpectation',
  method: 'POST',
  path: `${base}/expectations/{id}/accept`,
  summary: 'Take the terms that a reader asked for into the contract',
  tag,
  params: expectationParams,
  body: { schema: decideExpectationInput, example: {} },
  responses: { 200: { description: 'A contract holds them.', schema: expectationResource } },
  auth: 'required',
  action: 'group:update',
})

export const declineExpectationOperation = operation({
  operationId: 'declineContractExpectation',
  method: 'POST',
  path: `${base}/expectations/{id}/decline`,
  summary: 'Decline the terms that a reader asked for',
  tag,
  params: expectationParams,
  body: { schema: declineExpectationInput, example: { reply: 'The source is read once a day.' } },
  responses: { 200: { description: 'It is declined.', schema: expectationResource } },
  auth: 'required',
  action: 'group:update',
})

const coverageMembers = {
  groups: z.int(),
  groups_with_contract: z
    .int()
    .describe('With a contract in force on the version that is served, else the newest.'),
  features: z.int(),
  features_with_terms: z.int().describe('That state terms of their values.'),
}

const listedContract = z.object({
  group: z.string(),
  team: z.string(),
  version: z.int(),
  contract: z.int().nullable().describe('Number of the contract in force.'),
  signatures: z.int().describe('Of services and teams that read.'),
  consumers: z.int().describe('Services that select from the version.'),
  features: z.int(),
  features_with_terms: z.int(),
  open_breaches: z.int(),
  breaches_28d: z.int(),
})
export type ListedContractResource = z.output<typeof listedContract>

const contractList = z.object({
  data: z.array(listedContract),
  meta: z.object({ next_cursor: z.string().nullable(), total: z.int() }),
  coverage: z.object({
    ...coverageMembers,
    teams: z.array(z.object({ team: z.string(), ...coverageMembers })),
  }),
})
export type ContractListResource = z.output<typeof contractList>

export const listContractsQuery = z.strictObject({
  environment: nameSchema.optional(),
  team: nameSchema.optional(),
  missing: z
    .enum(['contract', 'terms'])
    .optional()
    .describe('Groups without a contract, or with features that state no terms.'),
  broken: z.enum(['open']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .describe('`csv`: all that the filters leave, without pages.'),
})
export type ListContractsQuery = z.output<typeof listContractsQuery>

export const listContractsOperation = operation({
  operationId: 'listContracts',
  method: 'GET',
  path: '/api/v1/contracts',
  summary: 'Groups with and without a contract, and the share of each by team',
  tag,
  query: listContractsQuery,
  responses: {
    200: {
      description: 'A page of groups.',
      contentTypes: ['application/json', 'text/csv'],
      schema: contractList,
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const contractOperations: Operation[] = [
  stateExpectationOperation,
  acceptExpectationOperation,
  declineExpectationOperation,
  listContractsOperation,
  exportOdcsOperation,
  importOdcsOperation,
  getContractOperation,
  listContractVersionsOperation,
  proposeContractOperation,
  getContractVersionOperation,
  withdrawContractOperation,
  signContractOperation,
  listBreachesOperation,
]
