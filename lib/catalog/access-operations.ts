import { z } from 'zod'
import { operation } from '@/lib/core/operation'
import { environmentQuery, pathName, versionNumber } from '@/lib/registry/operations'

const answer = {
  allowed: z.boolean(),
  rule: z.string().describe('The rule that decided, in words.'),
  who_can_help: z.array(z.string()).describe('Names of people who can lift a refusal.'),
}

const accessAct = z.object({ action: z.string(), what: z.string(), ...answer })

const accessClass = z.object({
  classification: z.string(),
  features: z.array(z.string()).describe('Those of this class that the caller may know of.'),
  statistics: z.object(answer),
  values: z.object(answer),
})

export const accessQuery = environmentQuery.extend({ version: versionNumber.optional() })
export type AccessQuery = z.output<typeof accessQuery>

const accessResource = z.object({
  group: z.string(),
  version: z.int(),
  environment: z.string(),
  owner_team: z.string(),
  classification: z.string(),
  permitted_use: z.array(z.string()),
  policy_version: z.string(),
  reading: z.array(accessAct),
  changing: z.array(accessAct),
  classes: z.array(accessClass).describe('Least strict first.'),
})
export type AccessResource = z.output<typeof accessResource>

export const getAccessOperation = operation({
  operationId: 'getAccess',
  method: 'GET',
  path: '/api/v1/feature-groups/{name}/access',
  summary: 'What the caller may do with a feature group, and by which rule',
  description: 'Each answer is a decision of the policies in force, as the act itself would get it.',
  tag: 'catalog',
  params: z.object({ name: pathName }),
  query: accessQuery,
  responses: { 200: { description: 'Acts and classes of features.', schema: accessResource } },
  auth: 'required',
  action: 'catalog:describe',
})
