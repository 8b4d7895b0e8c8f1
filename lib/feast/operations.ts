import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { changesNothing, type Operation, operation } from '@/lib/core/operation'

const tag = 'feast'
const query = z.strictObject({ environment: nameSchema.optional() })
const frame = z
  .record(z.string(), z.array(z.unknown()))
  .describe('One array of values a column, all of one length.')

export const feastOnlineFeaturesOperation = operation({
  operationId: 'feastGetOnlineFeatures',
  method: 'POST',
  idempotency: changesNothing,
  path: '/get-online-features',
  summary: 'Read online features as a Feast feature server answers',
  description:
    'The key columns come first, in the order of `entities`, then the features in the order asked. Lists that Feast’s client cannot read (empty, nested, with nulls) are null here. Failures are a JSON string that Feast’s client turns into its own exceptions.',
  tag,
  query,
  body: {
    schema: z.object({
      feature_service: z.string().nullish().describe('Wins over `features`.'),
      features: z.array(z.string()).optional().describe('`group:feature` or `group@v2:feature`.'),
      entities: frame,
      full_feature_names: z.boolean().optional().describe('Names columns `group__feature`.'),
      include_feature_view_version_metadata: z.boolean().optional(),
    }),
    example: { features: ['customer_engagement:num_logins'], entities: { customer_id: [1001, 1002] } },
  },
  responses: {
    200: {
      description: 'The values, column by column.',
      schema: z.object({
        results: z.array(
          z.object({
            values: z.array(z.unknown()),
            statuses: z.array(z.enum(['PRESENT', 'NULL_VALUE', 'NOT_FOUND', 'OUTSIDE_MAX_AGE'])),
            event_timestamps: z.array(z.string()),
          }),
        ),
        metadata: z.object({
          feature_names: z.array(z.string()),
          feature_view_metadata: z.array(z.object({ name: z.string(), version: z.int() })).optional(),
        }),
      }),
      example: {
        results: [
          {
            values: [1001, 1002],
            statuses: ['PRESENT', 'PRESENT'],
            event_timestamps: ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z'],
          },
          {
            values: [5, null],
            statuses: ['PRESENT', 'NOT_FOUND'],
            event_timestamps: ['2026-03-01T08:30:00.000000Z', '1970-01-01T00:00:00Z'],
          },
        ],
        metadata: { feature_names: ['customer_id', 'num_logins'] },
      },
    },
  },
  auth: 'required',
  action: 'group:read_online',
  rateLimit: 'serving',
})

const exampleFrame = {
  customer_id: [1001],
  num_logins: [5],
  event_timestamp: ['2026-03-01T08:30:00'],
  created: ['2026-03-01T08:31:00'],
}
const frameRules =
  '`event_timestamp` is the group’s event time, `created` is ignored; times without an offset are UTC. The rows enter history as any others.'

export const feastWriteOperation = operation({
  operationId: 'feastWriteToOnlineStore',
  method: 'POST',
  idempotency: 'by_act',
  path: '/write-to-online-store',
  summary: 'Write rows as Feast’s remote online store does',
  description: frameRules,
  tag,
  query,
  body: {
    schema: z.object({ feature_view_name: z.string().describe('A group, or `group@v2`.'), df: frame }),
    example: { feature_view_name: 'customer_engagement', df: exampleFrame },
  },
  responses: { 200: { description: 'All rows are written.', schema: z.null(), example: null } },
  auth: 'required',
  action: 'group:write_online',
})

export const feastPushOperation = operation({
  operationId: 'feastPush',
  method: 'POST',
  idempotency: 'by_act',
  path: '/push',
  summary: 'Push rows as to a Feast push source',
  description: `${frameRules} \`to: offline\` leaves the online store to materialization.`,
  tag,
  query,
  body: {
    schema: z.object({
      push_source_name: z.string().describe('A group, or the source of exactly one.'),
      df: frame,
      to: z.enum(['online', 'offline', 'online_and_offline']).optional(),
    }),
    example: { push_source_name: 'customer_engagement', df: exampleFrame, to: 'online_and_offline' },
  },
  responses: { 200: { description: 'All rows are written.', schema: z.null(), example: null } },
  auth: 'required',
  action: 'group:write_offline',
})

const views = z.array(z.string()).nullish().describe('Groups, or `group@v2`; absent: all that wait.')
const materialized = {
  200: { description: 'The rows are online.', schema: z.null(), example: null },
  202: { description: 'With async=true: the jobs.', schema: z.object({ jobs: z.array(z.string()) }) },
}
const materializeQuery = query.extend({
  async: z.enum(['true', 'false']).default('false').describe('`true` answers at once.'),
})

export const feastMaterializeOperation = operation({
  operationId: 'feastMaterialize',
  method: 'POST',
  path: '/materialize',
  summary: 'Materialize as a Feast feature server does',
  description:
    'Rows of these event times that wait in the history go online before the answer. For a job with progress ask `POST /api/v1/feature-groups/{name}/materialize`.',
  tag,
  query: materializeQuery,
  body: {
    schema: z.object({
      start_ts: z.string().nullish().describe('Without an offset it is UTC.'),
      end_ts: z.string().nullish(),
      feature_views: views,
      disable_event_timestamp: z.boolean().optional().describe('Every event time.'),
    }),
    example: {
      start_ts: '2026-01-01T00:00:00',
      end_ts: '2026-03-01T00:00:00',
      feature_views: ['customer_engagement'],
    },
  },
  responses: materialized,
  auth: 'required',
  action: 'group:write_online',
})

export const feastMaterializeIncrementalOperation = operation({
  operationId: 'feastMaterializeIncremental',
  method: 'POST',
  path: '/materialize-incremental',
  summary: 'Materialize what came since, as a Feast feature server does',
  description: 'Every waiting row up to `end_ts` goes online before the answer.',
  tag,
  query: materializeQuery,
  body: {
    schema: z.object({ end_ts: z.string(), feature_views: views }),
    example: { end_ts: '2026-03-01T00:00:00', feature_views: ['customer_engagement'] },
  },
  responses: materialized,
  auth: 'required',
  action: 'group:write_online',
})

export const feastOperations: Operation[] = [
  feastOnlineFeaturesOperation,
  feastWriteOperation,
  feastPushOperation,
  feastMaterializeOperation,
  feastMaterializeIncrementalOperation,
]
