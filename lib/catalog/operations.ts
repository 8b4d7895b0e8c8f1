import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import {
  classificationNames,
  environmentQuery,
  listOf,
  textSchema,
  versionStateSchema,
} from '@/lib/registry/operations'
import { getAccessOperation } from './access-operations'
import { browseOperations } from './browse-operations'
import { inferOperation } from './inference-operations'
import { facetNames } from './plain'
import { similarOperations } from './similar-operations'
import { getServingOperation, getUsedTogetherOperation, listUsageOperation } from './usage-lists-operations'
import { getActivityOperation, getUsageOperation } from './usage-operations'

export * from './access-operations'
export * from './browse-operations'
export * from './inference-operations'
export * from './similar-operations'
export * from './usage-lists-operations'
export * from './usage-operations'

const tag = 'catalog'

/** A filter that may be repeated: `team=flights&team=growth` means either. */
const anyOf = <T extends z.ZodType<string>>(value: T) =>
  z
    .union([value, z.array(value).max(50)])
    .transform((given): string[] => (Array.isArray(given) ? given : [given]))
    .optional()

const word = textSchema(200)

export const assetKinds = ['group', 'feature', 'service', 'entity', 'source', 'dataset'] as const
export const assetKindSchema = z.enum(assetKinds)
export type AssetKind = (typeof assetKinds)[number]

const filters = {
  kind: anyOf(assetKindSchema),
  team: anyOf(word),
  entity: anyOf(word),
  domain: anyOf(word),
  type: anyOf(word),
  tag: anyOf(word),
  lifecycle: anyOf(versionStateSchema),
  classification: anyOf(z.enum(classificationNames)),
  certified: anyOf(z.enum(['certified'])),
}

const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
}

export const searchQuery = environmentQuery.extend({
  q: textSchema(200)
    .default('')
    .describe('Name, part of a name, or words of the meaning; misspellings are tried last.'),
  ...filters,
  group: word.optional().describe('Only this feature group and its features.'),
  sort: z.enum(['relevance', 'name', '-name', 'updated_at', '-updated_at']).default('relevance'),
  facets: z
    .enum(['true', 'false'])
    .default('true')
    .describe('`false`: hits and totals alone, for who searches with every key.'),
  ...paging,
})
export type SearchQuery = z.output<typeof searchQuery>

const range = z.tuple([z.int(), z.int()]).describe('First character, and the one behind the last.')

export const matchNames = ['none', 'exact', 'prefix', 'words', 'meaning', 'misspelling'] as const

export const hitResource = z.object({
  kind: assetKindSchema,
  name: z
    .string()
    .describe('`group`, `group:feature`, or the name of a service, entity, source or training dataset.'),
  short_name: z.string(),
  group: z.string().nullable(),
  description: z.string(),
  entity: z.string().nullable(),
  domain: z.string().nullable(),
  type: z.string().nullable(),
  team: z.string(),
  tags: z.array(z.string()),
  lifecycle: z.string(),
  classification: z.string(),
  certified: z.boolean().describe('A reviewer stands for the version that is served.'),
  sample: z.boolean(),
  updated_at: z.string(),
  match: z.enum(matchNames),
  why: z.string().describe('Why it was found, for a person.'),
  highlight: z.object({
    name: z.array(range),
    description: z.array(range),
    tags: z.array(z.string()).describe('The tags that hold one of the words.'),
  }),
})
export type HitResource = z.output<typeof hitResource>

export type FacetName = (typeof facetNames)[number]

const facet = z.array(z.object({ value: z.string(), count: z.int() }))

export const searchResource = z.object({
  data: z.array(hitResource),
  facets: z
    .record(z.enum(facetNames), facet)
    .describe('Counts under the query and all other filters, so that each says what choosing it would give.'),
  meta: z.object({
    next_cursor: z.string().nullable(),
    total: z.int(),
    unfiltered_total: z.int().describe('What the query alone finds.'),
    capped: z
      .boolean()
      .describe('More than 10,000 were found: what is listed and counted is the best 10,000 of them.'),
    emptied_by: z
      .array(
        z.object({
          filter: z.enum([...facetNames, 'group']),
          values: z.array(z.string()).describe('What was chosen; empty: what is archived is hidden.'),
          total_without: z.int().describe('How many there are without this filter; 0: others hide them too.'),
        }),
      )
      .describe('Where the filters leave nothing of what the query finds: which, the most revealing first.'),
    corrected: z.string().nullable().describe('The query as it was understood, when it was misspelled.'),
  }),
})
export type SearchResource = z.output<typeof searchResource>

export const searchOperation = operation({
  operationId: 'search',
  method: 'GET',
  path: '/api/v1/search',
  summary: 'Search features, groups, services, entities, sources and training datasets',
  description:
    'Exact names come first, then prefixes, words of names, meaning, and misspellings only when nothing else was found. What is deprecated comes last.',
  tag,
  query: searchQuery.extend({
    format: z
      .enum(['json', 'csv'])
      .default('json')
      .describe('`csv`: all that the filters leave, without pages, the first 10,000 in order.'),
  }),
  responses: {
    200: {
      description: 'Hits, facets and their counts.',
      schema: searchResource,
      contentTypes: ['application/json', 'text/csv'],
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const featuresQuery = environmentQuery.extend({
  q: textSchema(200).default(''),
  team: filters.team,
  entity: filters.entity,
  domain: filters.domain,
  type: filters.type,
  tag: filters.tag,
  lifecycle: filters.lifecycle,
  classification: filters.classification,
  certified: filters.certified,
  group: word.optional(),
  sort: z.enum(['relevance', 'name', '-name', 'updated_at', '-updated_at']).default('name'),
  ...paging,
})

export const featureHitResource = hitResource.omit({ match: true, why: true, highlight: true })
export type FeatureHitResource = z.output<typeof featureHitResource>

export const listFeaturesOperation = operation({
  operationId: 'listFeatures',
  method: 'GET',
  path: '/api/v1/features',
  summary: 'List features over all groups',
  tag,
  query: featuresQuery,
  responses: { 200: { description: 'A page of features.', schema: listOf(featureHitResource) } },
  auth: 'required',
  action: 'catalog:describe',
})

export const catalogOperations: Operation[] = [
  searchOperation,
  ...browseOperations,
  listFeaturesOperation,
  inferOperation,
  ...similarOperations,
  getAccessOperation,
  getUsageOperation,
  getActivityOperation,
  listUsageOperation,
  getServingOperation,
  getUsedTogetherOperation,
]
