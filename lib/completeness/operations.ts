import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { followedKinds } from '@/lib/notify/operations'
import { listOf, listQuery, textSchema } from '@/lib/registry/operations'

const tag = 'completeness'
const path = '/api/v1/completeness'

/** What can be missing, in the order in which it is told. A field of the organisation is `custom.` with its name. */
export const missingLabels = {
  description: 'description',
  feature_descriptions: 'description of each feature',
  documentation: 'documentation',
  owner: 'somebody in its owner team',
  example: 'example',
  failing_example: 'example that works',
  contract: 'contract of the group',
  feature_terms: 'terms of a feature',
  cadence: 'how often rows arrive',
  freshness: 'freshness promise',
  entity: 'entity',
  domain: 'domain',
  tags: 'tags',
  purpose: 'purpose',
  purposes: 'purposes',
  lawful_basis: 'lawful basis',
} as const
export type MissingItem = keyof typeof missingLabels

const assetSchema = z.object({ kind: z.enum(followedKinds), name: z.string().max(200) })
export type CompleteAsset = z.output<typeof assetSchema>

const missingSchema = z.object({
  item: z
    .string()
    .describe('`description`, `contract`, …; `custom.` with the name of a field of the organisation.'),
  label: z.string().describe('In words.'),
  mandatory: z.boolean().describe('The organisation asks for it, and a version is not submitted without.'),
  href: z.string().describe('Where it is filled in: a path in the portal.'),
})
export type Missing = z.output<typeof missingSchema>

export const completenessSchema = z.object({
  kind: z.enum(followedKinds),
  name: z.string(),
  owner_team: z.string(),
  lifecycle: z.string(),
  missing: z.array(missingSchema),
})
export type CompletenessResource = z.output<typeof completenessSchema>

export const listIncompleteQuery = listQuery.omit({ sort: true }).extend({
  kind: z.enum(followedKinds).default('group'),
  team: textSchema(100).optional(),
  mine: z.enum(['true']).optional().describe('Only what teams of the caller own.'),
  item: textSchema(100).optional().describe('Only what lacks this.'),
  q: textSchema(200).optional().describe('Part of the name.'),
  format: z.enum(['json', 'csv']).default('json').describe('`csv`: the whole list, without pages.'),
})
export type ListIncompleteQuery = Omit<z.output<typeof listIncompleteQuery>, 'format'>

export const listIncompleteOperation = operation({
  operationId: 'listIncomplete',
  method: 'GET',
  path,
  summary: 'Assets that lack something, those that lack most first',
  description:
    'What is missing is named, with the page that fills it. Features that the caller may not know of count in nothing.',
  tag,
  query: listIncompleteQuery,
  responses: {
    200: {
      description: 'A page of assets.',
      contentTypes: ['application/json', 'text/csv'],
      schema: listOf(completenessSchema),
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const getCompletenessOperation = operation({
  operationId: 'getCompleteness',
  method: 'GET',
  path: `${path}/{kind}/{name}`,
  summary: 'What an asset lacks',
  tag,
  params: assetSchema,
  responses: { 200: { description: 'An empty list: nothing.', schema: completenessSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const completenessOperations: Operation[] = [listIncompleteOperation, getCompletenessOperation]
