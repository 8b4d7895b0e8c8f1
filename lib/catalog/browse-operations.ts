import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { textSchema } from '@/lib/registry/operations'

const name = textSchema(200)

/** In place of a name: what states no domain, or has no entity. */
export const unstated = '-'

export const browseQuery = z.object({
  domain: name.optional().describe('The entities of this domain; `-` for what states none.'),
  entity: name.optional().describe('The feature groups of this entity; `-` for groups of one row.'),
  group: name.optional().describe('The features of this group.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type BrowseQuery = z.output<typeof browseQuery>

export const browseLevels = ['domain', 'entity', 'group', 'feature'] as const
export type BrowseLevel = (typeof browseLevels)[number]

const line = z.object({
  name: z.string().describe('`-` for what states no domain, or has no entity.'),
  description: z.string(),
  owner_team: z.string().nullable(),
  groups: z.int().nullable().describe('Of a domain and of an entity.'),
  features: z.int().nullable().describe('Of all but a feature.'),
  type: z.string().nullable().describe('Of a feature.'),
  lifecycle: z.string().nullable().describe('Of a group and of a feature.'),
})
export type BrowseLine = z.output<typeof line>

export const browseResource = z.object({
  level: z.enum(browseLevels),
  data: z.array(line),
  meta: z.object({ next_cursor: z.string().nullable(), total: z.int() }),
})
export type BrowseResource = z.output<typeof browseResource>

export const browseOperation = operation({
  operationId: 'browseCatalog',
  method: 'GET',
  path: '/api/v1/browse',
  summary: 'Browse from domain to entity to feature group to feature',
  description:
    'Without a parameter the domains, with `domain` its entities, with `entity` its groups (within the domain that is given), with `group` its features. Counts are of what the caller may see and is not archived.',
  tag: 'catalog',
  query: browseQuery,
  responses: { 200: { description: 'A page of the next level, by name.', schema: browseResource } },
  auth: 'required',
  action: 'catalog:describe',
})

/** What stands around the groups of an entity or a domain. */
export interface Hub {
  groups: number
  features: number
  /** Teams by how many of the groups are theirs. */
  owners: { name: string; count: number }[]
  /** Feature services by how many of the features they serve, the first twelve. */
  services: { name: string; count: number }[]
  servicesTotal: number
  /** Data sources that feed the groups, the first twelve. */
  sources: string[]
  /** Different consumers of the last 30 days in the caller's environment. */
  readersTotal: number
  readers: { kind: string; name: string; reads: number }[]
}

export const browseOperations: Operation[] = [browseOperation]
