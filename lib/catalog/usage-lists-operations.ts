import { z } from 'zod'
import { operation } from '@/lib/core/operation'
import { environmentQuery, listOf, listQuery, pathName, textSchema } from '@/lib/registry/operations'

const tag = 'usage'
const count = z.number().int()
const instant = z.string().describe('RFC 3339, UTC.')
const asked = z.iso.datetime({ offset: true }).or(z.iso.date())
const format = z.enum(['json', 'csv']).default('json').describe('`csv`: the whole list, without pages.')

export const usageBuckets = ['day', 'hour'] as const
const range = {
  from: asked.optional().describe('Absent: 30 days before `to`, or 24 hours by the hour.'),
  to: asked.optional().describe('Absent: now.'),
  bucket: z.enum(usageBuckets).default('day').describe('At most 366 days, or 168 hours.'),
}

export const usageSubjects = ['feature', 'group', 'service', 'consumer'] as const
export type UsageSubject = (typeof usageSubjects)[number]

export const usageListQuery = listQuery.extend({
  ...environmentQuery.shape,
  ...range,
  by: z.enum(usageSubjects).default('group'),
  group: pathName.optional().describe('Reads of this group alone.'),
  feature: textSchema(130).optional().describe('`group:feature`: reads of it alone.'),
  service: pathName.optional().describe('Reads of this service alone; by service or consumer.'),
  consumer: textSchema(200).optional().describe('Name of a key, a person or a service account.'),
  side: z.enum(['online', 'offline']).optional(),
  q: textSchema(200).optional().describe('Part of the name.'),
  sort: z.enum(['-reads', 'reads', '-last_read', 'last_read', '-consumers', 'consumers']).default('-reads'),
  format,
})
export type UsageListQuery = Omit<z.output<typeof usageListQuery>, 'format'>

const subjectResource = z.object({
  kind: z.string().describe('`feature`, `group`, `service`, or the kind of the consumer.'),
  name: z.string(),
  owner: z.string().nullable().describe('Who answers for a consumer.'),
  teams: z.array(z.string()).describe('The owner team, or those of the consumer’s owner.'),
  reads: count.describe('A read of several features counts once a group.'),
  online: count,
  offline: count,
  consumers: count,
  last_read: instant.describe('The minute of the last read in the range.'),
  series: z.array(count).describe('Reads by bucket, in the order of `buckets`.'),
})
export type UsageSubjectResource = z.output<typeof subjectResource>

export const usageListResource = listOf(subjectResource).extend({
  from: instant,
  to: instant,
  bucket: z.enum(usageBuckets),
  buckets: z
    .array(z.object({ start: instant, online: count, offline: count }))
    .describe('All that was asked for, oldest first.'),
})
export type UsageListResource = z.output<typeof usageListResource>

export const listUsageOperation = operation({
  operationId: 'listUsage',
  method: 'GET',
  path: '/api/v1/usage',
  summary: 'What is read, and who reads, by day or hour',
  description: 'Counted from real reads. What the caller may not know of is in no count.',
  tag,
  query: usageListQuery,
  responses: {
    200: {
      description: 'A page of features, groups, services or consumers.',
      contentTypes: ['application/json', 'text/csv'],
      schema: usageListResource,
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

const servingSubjects = ['service', 'route', 'consumer'] as const

export const servingQuery = environmentQuery.extend({
  ...range,
  bucket: z.enum(usageBuckets).default('hour').describe('At most 366 days, or 168 hours.'),
  by: z.enum(servingSubjects).default('service').describe('Always with the route.'),
  service: pathName.optional(),
  format,
})
export type ServingQuery = Omit<z.output<typeof servingQuery>, 'format'>

const milliseconds = z.number().nullable().describe('Null: nothing was answered.')
const servedResource = {
  requests: count,
  refused: count.describe('Answered with 4xx.'),
  failed: count.describe('Answered with 5xx.'),
  p50_ms: milliseconds,
  p99_ms: milliseconds,
}

const servingRowResource = z.object({
  route: z.string().describe('The operation’s id.'),
  service: z.string().nullable().describe('Null: features named one by one, or by consumer or route alone.'),
  consumer: z.string().nullable().describe('Null: by service or route alone, or nobody was signed in.'),
  owner: z.string().nullable(),
  ...servedResource,
  series: z.array(z.object(servedResource)).describe('In the order of `buckets`.'),
})
export type ServingRowResource = z.output<typeof servingRowResource>

export const servingResource = z.object({
  from: instant,
  to: instant,
  bucket: z.enum(usageBuckets),
  buckets: z.array(z.object({ start: instant, ...servedResource })).describe('Oldest first.'),
  rows: z.array(servingRowResource).describe('Most requests first, 500 at most.'),
})
export type ServingResource = z.output<typeof servingResource>

export const getServingOperation = operation({
  operationId: 'getServing',
  method: 'GET',
  path: '/api/v1/usage/serving',
  summary: 'How reads were answered: requests, refusals, failures and latency',
  description:
    'Of every real read over HTTP, from its headers to the answer’s last byte online, to the answer’s beginning otherwise. Quantiles are of answers with values, at most 19 % off. Reads that name no service are told to those who may read the audit log.',
  tag,
  query: servingQuery,
  responses: {
    200: {
      description: 'Requests by service or consumer, and route.',
      contentTypes: ['application/json', 'text/csv'],
      schema: servingResource,
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const togetherQuery = environmentQuery.extend({
  feature: textSchema(130).describe('`group:feature`.'),
  days: z.coerce.number().int().min(1).max(90).default(30),
  limit: z.coerce.number().int().min(1).max(100).default(10),
})
export type TogetherQuery = z.output<typeof togetherQuery>

const togetherRow = z.object({
  feature: z.string(),
  team: z.string(),
  reads: count.describe('Reads that asked for both.'),
  share: z.number().describe('Of all reads of the feature with others.'),
})

export const togetherResource = z.object({
  feature: z.string(),
  reads: count.describe('Reads of it with at least one other feature.'),
  data: z.array(togetherRow).describe('Most reads first.'),
  services: z
    .array(z.object({ name: z.string(), reads: count }))
    .describe('Through which services; those that the caller may know of.'),
})
export type TogetherResource = z.output<typeof togetherResource>

export const getUsedTogetherOperation = operation({
  operationId: 'getUsedTogether',
  method: 'GET',
  path: '/api/v1/usage/together',
  summary: 'Features that are read in the same requests as one',
  description:
    'Each read counts once for every other feature that the same request asked for, by name, by service or for a training dataset.',
  tag,
  query: togetherQuery,
  responses: { 200: { description: 'Other features of the same reads.', schema: togetherResource } },
  auth: 'required',
  action: 'catalog:describe',
})
