import { z } from 'zod'
import { activityRowSchema } from '@/lib/audit/operations'
import { operation } from '@/lib/core/operation'
import {
  environmentQuery,
  listOf,
  pathName,
  usingDatasetResource,
  versionNumber,
} from '@/lib/registry/operations'

const tag = 'catalog'
const params = z.object({ name: pathName })
const count = z.number().int()

export const usageQuery = environmentQuery.extend({
  version: versionNumber.optional(),
  feature: z.string().max(63).optional(),
  days: z.coerce.number().int().min(1).max(365).default(30).describe('Days back from now.'),
})
export type UsageQuery = z.output<typeof usageQuery>

const sides = { online: count, offline: count }

export const usageResource = z.object({
  group: z.string(),
  environment: z.string(),
  since: z.string(),
  reads: count.describe('A read of several features counts once.'),
  days: z.array(z.object({ date: z.string(), ...sides })).describe('UTC days, oldest first.'),
  readers: z
    .array(
      z.object({
        kind: z.string(),
        name: z.string(),
        owner: z.string().nullable().describe('Who answers for a key.'),
        teams: z.array(z.string()).describe('Teams of the owner.'),
        ...sides,
        last_day: z.string(),
        last_read: z.string().describe('The minute of the last read, RFC 3339, UTC.'),
        days: z.array(count).describe('Reads by day, in the order of `days`.'),
      }),
    )
    .describe('Most reads first.'),
  features: z.array(
    z.object({
      name: z.string(),
      reads: count,
      readers: count,
      last_read: z.string().describe('RFC 3339, UTC.'),
    }),
  ),
  refused: z
    .array(z.object({ name: z.string(), owner: z.string().nullable(), times: count, last: z.string() }))
    .nullable()
    .describe(
      'Reads that were refused, by who asked. Null: the caller looks after neither it nor the audit log.',
    ),
  datasets: z.array(usingDatasetResource).describe('Training datasets that were built from it.'),
})
export type UsageResource = z.output<typeof usageResource>

export const getUsageOperation = operation({
  operationId: 'getUsage',
  method: 'GET',
  path: '/api/v1/feature-groups/{name}/usage',
  summary: 'Who read a feature group, by day',
  description: 'Counted from real reads; pages of this portal count only where they read values.',
  tag,
  params,
  query: usageQuery,
  responses: {
    200: { description: 'Reads by day, reader and feature; training datasets.', schema: usageResource },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const activityQuery = environmentQuery.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type ActivityQuery = z.output<typeof activityQuery>

export const getActivityOperation = operation({
  operationId: 'getActivity',
  method: 'GET',
  path: '/api/v1/feature-groups/{name}/activity',
  summary: 'What was changed about a feature group, newest first',
  description: 'Acts that were allowed. Reads, refusals and the evidence of each row stand in the audit log.',
  tag,
  params,
  query: activityQuery,
  responses: { 200: { description: 'A page of changes.', schema: listOf(activityRowSchema) } },
  auth: 'required',
  action: 'catalog:describe',
})

export const neighbourResource = z.object({
  kind: z.string(),
  name: z.string().nullable().describe('Null: the caller may not know of it.'),
  relation: z.string(),
  since: z.string(),
  description: z.string().nullable(),
  owner_team: z.string().nullable(),
  lifecycle: z.string().nullable(),
})
export type NeighbourResource = z.output<typeof neighbourResource>

/** One hop of lineage around an asset. */
export interface NeighboursResource {
  upstream: NeighbourResource[]
  downstream: NeighbourResource[]
}
