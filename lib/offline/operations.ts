import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { changesNothing, type Operation, operation } from '@/lib/core/operation'

const tag = 'offline'
const group = '/api/v1/feature-groups/{name}'
const groupParams = z.object({ name: z.string().max(1000) })
const common = {
  environment: nameSchema.optional(),
  int64: z.enum(['string']).optional().describe('`string`: integers of 64 bits as JSON strings.'),
}
const versionSchema = z.coerce.number().int().min(1).max(2_147_483_647).optional()
const answerTypes = [
  'application/json',
  'application/x-ndjson',
  'text/csv',
  'application/vnd.apache.parquet',
  'application/vnd.apache.arrow.stream',
]
/** Uploads go to disk; JSON is held in memory. */
const largestUploadBytes = 16 * 1024 ** 3

const columnarAnswer = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.record(z.string(), z.unknown())),
})

const joinKey = z.union([
  z.record(z.string(), z.string()),
  z.object({ group: z.string(), keys: z.record(z.string(), z.string()) }),
])

const historicalBody = z.object({
  spine: z
    .object({
      rows: z.array(z.record(z.string(), z.unknown())).optional(),
      upload: z.string().optional().describe('A file sent ahead (uploadSpine), by its sender.'),
      dataset: z.string().optional().describe('`name` or `name@2`: the spine of a training dataset.'),
    })
    .optional()
    .describe('One of the three; absent where the body has a part `spine`.'),
  timestamp_column: z.string().optional().describe('`event_timestamp` when absent.'),
  features: z.array(z.string()).optional().describe('`group:feature` or `group@2:feature`.'),
  feature_service: z.string().optional(),
  service_version: z.int().optional(),
  full_feature_names: z
    .boolean()
    .optional()
    .describe(
      'Columns are called `group__feature` (or `role__feature`); needed where two would share a name.',
    ),
  known_at: z.string().optional().describe('RFC 3339, or `event`: what was known at each row’s own time.'),
  join_keys: z
    .record(z.string(), joinKey)
    .optional()
    .describe(
      'Spine columns of keys that are called otherwise there. By group: `{"customers": {"customer_id": "buyer"}}`, key column → spine column. By role, which joins one group several times: `{"origin": {"group": "airport_delays", "keys": {"airport": "origin"}}, "destination": {"group": "airport_delays", "keys": {"airport": "destination"}}}`, asked for as `origin:mean_delay`, `destination:mean_delay`.',
    ),
  environment: z.string().optional(),
  purpose: z.string().optional(),
})

export const getHistoricalFeaturesOperation = operation({
  operationId: 'getHistoricalFeatures',
  method: 'POST',
  idempotency: changesNothing,
  path: '/api/v1/historical-features',
  summary: 'Join features to rows as they were at each row’s time',
  description:
    'One answer row per spine row, in its order. The spine stands in the JSON, is named there, or is a Parquet, Arrow, CSV or NDJSON file: then the body is multipart with the parts `request` (this JSON without `spine`) and `spine`. A feature is `group:feature`, `group@2:feature`, or `role:feature` of a role that `join_keys` names. Accept chooses the format.',
  tag,
  query: z.strictObject(common),
  body: {
    schema: historicalBody,
    contentTypes: ['application/json', 'multipart/form-data'],
    example: {
      spine: { rows: [{ customer_id: 1001, event_timestamp: '2026-03-01T12:00:00Z' }] },
      features: ['customer_engagement:num_logins'],
    },
    maxBytes: largestUploadBytes,
  },
  responses: {
    200: { description: 'The spine with its features.', schema: columnarAnswer, contentTypes: answerTypes },
  },
  auth: 'required',
  action: 'group:read_offline',
})

const trainingDataQuery = z.strictObject({
  ...common,
  version: versionSchema,
  start: z.string().max(100).optional().describe('First event time, inclusive.'),
  end: z.string().max(100).optional().describe('Last event time, inclusive; a date is its whole day.'),
  features: z
    .string()
    .max(100_000)
    .optional()
    .describe('Names divided by commas; all when absent.')
    .transform((names) => names?.split(',')),
  latest: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('Only the newest row of each key.'),
  known_at: z.string().max(100).optional(),
  format: z.enum(['json', 'ndjson', 'csv', 'parquet', 'arrow']).optional().describe('Before Accept.'),
})

export const getTrainingDataOperation = operation({
  operationId: 'getTrainingData',
  method: 'GET',
  path: `${group}/training-data`,
  summary: 'All rows of a group between two event times',
  tag,
  params: groupParams,
  query: trainingDataQuery,
  responses: { 200: { description: 'The rows.', schema: columnarAnswer, contentTypes: answerTypes } },
  auth: 'required',
  action: 'group:read_offline',
})

const latestRowsQuery = z.strictObject({
  ...common,
  version: versionSchema,
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  key: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('One value a key column, in the order of `primary_key`: the history of that key.')
    .transform((key) => (typeof key === 'string' ? [key] : key)),
  format: z.enum(['json', 'csv']).default('json').describe('CSV has no column for what may not be read.'),
})

const maskedColumn = z.object({
  name: z.string(),
  type: z.string(),
  role: z.string(),
  position: z.int().describe('Its place among the features of the version, from 0.'),
  classification: z.string(),
  because: z.string(),
  who_can_help: z.array(z.string()),
})

const rowsAnswer = z.object({
  group: z.string(),
  version: z.int(),
  environment: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), role: z.string() })),
  rows: z.array(z.record(z.string(), z.unknown())),
  omitted: z.array(z.string()).optional().describe('Columns that the caller may know of and not read.'),
  masked: z
    .array(maskedColumn)
    .optional()
    .describe('The same, with the rule that keeps each from the caller.'),
})

export const latestRowsOperation = operation({
  operationId: 'listLatestRows',
  method: 'GET',
  path: `${group}/rows`,
  summary: 'The newest rows of a group, or the history of one key',
  tag,
  params: groupParams,
  query: latestRowsQuery,
  responses: {
    200: {
      description: 'Rows, newest event time first.',
      schema: rowsAnswer,
      contentTypes: ['application/json', 'text/csv'],
    },
  },
  auth: 'required',
  action: 'group:read_offline',
})

export const offlineOperations: Operation[] = [
  getHistoricalFeaturesOperation,
  getTrainingDataOperation,
  latestRowsOperation,
]
