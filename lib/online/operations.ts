import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { changesNothing, type Operation, operation } from '@/lib/core/operation'

const tag = 'online'
const statuses = z.enum(['PRESENT', 'NULL_VALUE', 'NOT_FOUND', 'OUTSIDE_MAX_AGE'])
const instant = z.string().nullable().describe('RFC 3339, UTC; null for NOT_FOUND.')

const onlineFeaturesBody = z.object({
  feature_service: z.string().optional().describe('Either this or `features`.'),
  service_version: z.int().optional(),
  features: z.array(z.string()).optional().describe('`group:feature` or `group@2:feature`.'),
  entities: z
    .record(z.string(), z.array(z.unknown()))
    .describe('One array of values a key column, all of one length.'),
  environment: z.string().optional(),
  metadata: z.boolean().optional().describe('Adds `statuses` and `event_times`.'),
  full_feature_names: z.boolean().optional().describe('Names columns `group__feature`.'),
  stale: z.enum(['null', 'return']).optional().describe('What is answered for values older than the ttl.'),
  purpose: z.string().optional(),
})

const onlineFeaturesAnswer = z.object({
  features: z.array(z.string()),
  entities: z.record(z.string(), z.array(z.unknown())),
  values: z.array(z.array(z.unknown())).describe('A list a feature, in request order.'),
  statuses: z.array(z.array(statuses)).optional(),
  event_times: z.array(z.array(instant)).optional(),
  meta: z.object({
    feature_service: z.string().optional(),
    service_version: z.int().optional(),
    online: z
      .object({ state: z.literal('pending'), watermark: instant })
      .optional()
      .describe('Rows up to the watermark are here; a large commit is still on its way.'),
    served_at: z.string(),
  }),
})

const readQuery = z.strictObject({
  environment: nameSchema.optional(),
  int64: z.enum(['string']).optional().describe('`string`: integers of 64 bits as JSON strings.'),
})

/** What a parsed `readQuery` asks for. */
export const wantsInt64AsString = (query: unknown): boolean =>
  typeof query === 'object' && query !== null && 'int64' in query && query.int64 === 'string'

export const readOnlineFeaturesOperation = operation({
  operationId: 'readOnlineFeatures',
  method: 'POST',
  idempotency: changesNothing,
  path: '/api/v1/online-features',
  summary: 'Read the newest values of features for keys',
  description:
    'In request order; duplicates are answered twice, unknown keys with null. At most 5,000 keys and 500,000 values a request.',
  tag,
  query: readQuery,
  body: {
    schema: onlineFeaturesBody,
    example: { feature_service: 'churn_v1', entities: { customer_id: [1001, 1002] }, metadata: true },
  },
  responses: {
    200: {
      description: 'The values, column by column.',
      schema: onlineFeaturesAnswer,
      example: {
        features: ['num_logins'],
        entities: { customer_id: [1001, 1002] },
        values: [[5, 3]],
        statuses: [['PRESENT', 'PRESENT']],
        event_times: [['2026-03-01T08:30:00.000000Z', '2026-03-01T09:00:00.000000Z']],
        meta: { feature_service: 'churn_v1', service_version: 1, served_at: '2026-03-02T10:00:00.000Z' },
      },
    },
  },
  auth: 'required',
  action: 'group:read_online',
  rateLimit: 'serving',
})

const oneKeyAnswer = z.object({
  group: z.string(),
  version: z.int(),
  environment: z.string(),
  key: z.record(z.string(), z.unknown()),
  event_time: instant,
  values: z.record(z.string(), z.unknown()),
  statuses: z.record(z.string(), statuses),
  served_at: z.string(),
})

export const readOneKeyOperation = operation({
  operationId: 'readOnlineKey',
  method: 'GET',
  path: '/api/v1/feature-groups/{name}/online/{keys}',
  summary: 'Read every feature of one key',
  description: 'One path segment a key column, in the order of `primary_key`, percent-encoded.',
  tag,
  params: z.object({ name: z.string().max(1000), keys: z.array(z.string()).default([]) }),
  query: readQuery.extend({ version: z.coerce.number().int().min(1).max(2_147_483_647).optional() }),
  responses: { 200: { description: 'The newest row of the key.', schema: oneKeyAnswer } },
  auth: 'required',
  action: 'group:read_online',
  rateLimit: 'serving',
})

export const onlineOperations: Operation[] = [readOnlineFeaturesOperation, readOneKeyOperation]
