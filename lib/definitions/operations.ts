import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { textSchema } from '@/lib/registry/operations'
import { definitionKinds } from './kinds'
import { appliedResource, begunRunResource, exportResource, planResource, runResource } from './resources'

export { type PlacedFault, readDefinitionFiles } from './read-files'
export type * from './resources'

const tag = 'definitions'
const base = '/api/v1/definitions'
const largestBodyBytes = 32 * 1024 ** 2
/** More than this is a job. */
export const atOnce = { assets: 50, characters: 256 * 1024 }
/** One file is read without a pause. */
const longestFile = 1024 ** 2

const files = z
  .array(
    z.strictObject({
      path: textSchema(1000, 1).describe('As its keeper names it; errors name it.'),
      content: z.string().max(longestFile).describe('YAML 1.2, one or more documents, each with `kind`.'),
    }),
  )
  .min(1)
  .max(10_000)

export const planInput = z.strictObject({ files, reason: textSchema(2000).optional() })
export const applyInput = planInput.extend({
  plan: z.string().max(64).optional().describe('Of a plan: refused when other acts would be taken by now.'),
})

const content = `kind: feature_group
name: customer_engagement
description: What a customer did in the portal, a row a day.
entity: {name: customer, keys: [{name: customer_id, type: int64}]}
primary_key: [customer_id]
timestamp_key: interaction_date
features:
  - {name: num_logins, type: int64, description: Sign-ins of the day., contract: {min: 0}}
`
const example = { files: [{ path: 'feature-groups/customer_engagement.yaml', content }] }

const asJob = `More than ${atOnce.assets} documents, or long ones, are a job: 202 with its place. Send an Idempotency-Key, and a retry after a connection that was cut finds the same job.`
const begun = { 202: { description: 'Begun as a job.', schema: begunRunResource } }

export const planDefinitionsOperation = operation({
  operationId: 'planDefinitions',
  method: 'POST',
  path: `${base}/plan`,
  summary: 'See what applying files of definitions would do',
  description: `${asJob} Every act is really taken, in one transaction that is rolled back: what the plan says is what applying does, rights, reviews and tests included. A document is the whole of its asset: a member that it leaves out has its default. Assets that no document names stay as they are.`,
  tag,
  body: { schema: planInput, example, maxBytes: largestBodyBytes },
  responses: { 200: { description: 'What would be done, or why not.', schema: planResource }, ...begun },
  auth: 'required',
  action: 'group:create',
})

export const applyDefinitionsOperation = operation({
  operationId: 'applyDefinitions',
  method: 'POST',
  path: `${base}/apply`,
  summary: 'Bring the registry to what files of definitions say',
  description: `${asJob} All or nothing: a job that was cancelled or failed has applied nothing. What needs a second person is submitted as one review (a change set, where it is several versions); whoever applies cannot approve it.`,
  tag,
  body: { schema: applyInput, example, maxBytes: largestBodyBytes },
  responses: { 200: { description: 'What was done.', schema: appliedResource }, ...begun },
  auth: 'required',
  action: 'group:create',
})

export const getDefinitionRunOperation = operation({
  operationId: 'getDefinitionRun',
  method: 'GET',
  path: `${base}/runs/{id}`,
  summary: 'A plan or an application that is a job: how far it is, and what came of it',
  description: 'For whoever began it, by page or by any key. It is cancelled like every job.',
  tag,
  params: z.object({ id: z.string().max(100) }),
  responses: { 200: { description: 'The run.', schema: runResource } },
  auth: 'required',
  action: 'group:create',
})

const names = z.union([z.string(), z.array(z.string())]).optional()

export const exportQuery = z.object({
  kind: z.enum(definitionKinds).optional(),
  team: z.string().max(100).optional().describe('Only what this team owns.'),
  name: names.describe('Only these; repeat it for several.'),
  environment: z.string().optional(),
})

export const exportDefinitionsOperation = operation({
  operationId: 'exportDefinitions',
  method: 'GET',
  path: `${base}/export`,
  summary: 'The registry as files of definitions',
  description: 'A file an asset, of what the caller may see. Planning them shows that nothing would be done.',
  tag,
  query: exportQuery,
  responses: { 200: { description: 'Files of YAML.', schema: exportResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const definitionOperations: Operation[] = [
  planDefinitionsOperation,
  applyDefinitionsOperation,
  getDefinitionRunOperation,
  exportDefinitionsOperation,
]
