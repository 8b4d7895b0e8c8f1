import { z } from 'zod'
import { instantSchema } from '@/lib/core/instant'
import { nameSchema } from '@/lib/core/names'
import { changesNothing, type Operation, operation } from '@/lib/core/operation'
import { environmentQuery, impactResource, textSchema } from '@/lib/registry/operations'

const tag = 'retirement'
const path = '/api/v1/retirement/bulk'

/** A version of a group, or a service. */
export const assetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('group'), name: nameSchema, version: z.int().min(1).max(2_147_483_647) }),
  z.strictObject({ kind: z.literal('service'), name: nameSchema }),
])
export type Asset = z.output<typeof assetSchema>

export const assetsSchema = z.array(assetSchema).min(1).max(500)
const endingActs = ['deprecate', 'archive'] as const

export const endingMembers = {
  reason: textSchema(2000, 1),
  sunset_at: instantSchema.nullish().describe('Of a deprecation.'),
}

export const bulkInput = z.strictObject({
  act: z.enum(endingActs),
  items: assetsSchema,
  ...endingMembers,
  confirm: z.literal(true).describe('It acts on all of them, each on its own.'),
})

export const bulkPreviewInput = z.strictObject({ act: z.enum(endingActs), items: assetsSchema })

const outcome = z.object({
  kind: z.enum(['group', 'service']),
  name: z.string(),
  version: z.int().nullable(),
  done: z.boolean(),
  because: z.string().nullable().describe('Why it was not done.'),
})
export type OutcomeResource = z.output<typeof outcome>

export const bulkResource = z.object({ results: z.array(outcome) })

export const bulkPreviewResource = z.object({
  act: z.enum(endingActs),
  items: z.array(
    z.object({
      kind: z.enum(['group', 'service']),
      name: z.string(),
      version: z.int().nullable(),
      refused: z.string().nullable().describe('Why it would be refused now.'),
    }),
  ),
  services: impactResource.shape.services,
  groups: impactResource.shape.groups,
  datasets: z.array(z.object({ name: z.string(), version: z.int(), owner_team: z.string() })),
  consumers: z
    .array(
      z.object({
        kind: z.string(),
        name: z.string(),
        owner: z.string().nullable(),
        owner_teams: z.array(z.string()),
        items: z.array(z.string()).describe('What of the set it read in the last 30 days.'),
        last_read: z.string(),
      }),
    )
    .describe('Each once, whatever it reads of the set.'),
  note: impactResource.shape.note,
  owner_teams: z.array(z.string()),
})
export type BulkPreviewResource = z.output<typeof bulkPreviewResource>

const example = { act: 'archive', items: [{ kind: 'group', name: 'route_traffic', version: 1 }] } as const

export const previewBulkOperation = operation({
  operationId: 'previewBulkRetirement',
  method: 'POST',
  path: `${path}/preview`,
  summary: 'Who would be hit when all of a set is deprecated or archived',
  description: 'Changes nothing.',
  tag,
  query: environmentQuery,
  body: { schema: bulkPreviewInput, example },
  responses: { 200: { description: 'One impact of the whole set.', schema: bulkPreviewResource } },
  auth: 'required',
  action: 'catalog:describe',
  idempotency: changesNothing,
})

export const bulkOperation = operation({
  operationId: 'retireInBulk',
  method: 'POST',
  path,
  summary: 'Deprecate or archive a set, each with its own outcome',
  tag,
  query: environmentQuery,
  body: { schema: bulkInput, example: { ...example, reason: 'Nobody reads them.', confirm: true } },
  responses: { 200: { description: 'An outcome for each.', schema: bulkResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const bulkOperations: Operation[] = [previewBulkOperation, bulkOperation]
