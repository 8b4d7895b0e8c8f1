import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { changesNothing, type Operation, operation } from '@/lib/core/operation'
import { compareInput } from './compare/input'
import {
  dayStates,
  driftSeriesSchema,
  groupStatisticsSchema,
  overviewRowSchema,
  profileSchema,
} from './resources'

export type {
  Day,
  DayState,
  Definition,
  DriftSeries,
  DriftWindow,
  FeatureStatistics,
  GroupStatistics,
  Judgement,
  OverviewRow,
} from './resources'

const tag = 'monitoring'
const group = '/api/v1/feature-groups/{name}'
const params = z.object({ name: z.string().max(1000) })
const action = 'group:read_statistics'
const common = {
  environment: nameSchema.optional(),
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
}
const windowSchema = z.enum(['week', 'day']).default('week').describe('UTC weeks from Monday, or UTC days.')
const range = {
  from: z.string().max(40).optional().describe('A date or RFC 3339 time.'),
  to: z.string().max(40).optional().describe('The same; a date means its whole day.'),
}

export const getStatisticsOperation = operation({
  operationId: 'getStatistics',
  method: 'GET',
  path: `${group}/statistics`,
  summary: 'Statistics of a group’s features over its committed history',
  description: 'Counted once a commit, exactly: each number equals DuckDB’s on the same rows.',
  tag,
  params,
  query: z.strictObject({
    ...common,
    feature: z.string().max(200).optional(),
    int64: z.enum(['string']).optional().describe('`string`: integers of 64 bits as JSON strings.'),
  }),
  responses: { 200: { description: 'The statistics.', schema: groupStatisticsSchema } },
  auth: 'required',
  action,
})

export const getDriftOperation = operation({
  operationId: 'getDriftSeries',
  method: 'GET',
  path: `${group}/drift`,
  summary: 'Drift of one feature by week or day against its frozen reference',
  tag,
  params,
  query: z.strictObject({ ...common, ...range, feature: z.string().max(200), window: windowSchema }),
  responses: {
    200: {
      description:
        'Effects, tests, limits in force and verdict of each window; windows without rows are `no_data`.',
      schema: driftSeriesSchema,
    },
  },
  auth: 'required',
  action,
})

export const listProfilesQuery = z.strictObject({
  ...common,
  ...range,
  feature: z.string().max(200),
  window: windowSchema,
  side: z
    .enum(['offline', 'online'])
    .default('offline')
    .describe('`online`: sampled from what was served, by UTC day of serving.'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(200).optional(),
})

export const listProfilesOperation = operation({
  operationId: 'listProfiles',
  method: 'GET',
  path: `${group}/profiles`,
  summary: 'Stored profiles of one feature, oldest window first',
  description:
    'The counts behind the drift series, on the reference’s edges: all that is needed to recompute it.',
  tag,
  params,
  query: listProfilesQuery,
  responses: {
    200: {
      description: 'Windows that were counted so far.',
      schema: z.object({
        data: z.array(profileSchema),
        meta: z.object({ next_cursor: z.string().nullable(), total: z.number().int() }),
      }),
    },
  },
  auth: 'required',
  action,
})

export const compareOperation = operation({
  operationId: 'compareSamples',
  method: 'POST',
  idempotency: changesNothing,
  path: '/api/v1/monitoring/compare',
  summary: 'Compare two columns of values, two windows of features, or two profiles',
  description:
    'Values are taken in the order of time. At most 100,000 a side; of embeddings (n + m)² × dimension at most 20,000,000.',
  tag,
  body: {
    schema: compareInput,
    example: { kind: 'numeric', reference: [1, 2, 3, 4], current: [2, 3, 4, null] },
  },
  responses: {
    200: {
      description: 'Every number at the top level, null where it is undefined.',
      schema: z.looseObject({
        kind: z.string(),
        status: z.string(),
        definitions: z.array(z.object({ name: z.string(), text: z.string() })),
      }),
    },
  },
  auth: 'required',
  action,
})

export const overviewQuery = z.strictObject({
  environment: nameSchema.optional(),
  team: nameSchema.optional(),
  state: z.enum(dayStates).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})

export const overviewOperation = operation({
  operationId: 'getMonitoringOverview',
  method: 'GET',
  path: '/api/v1/monitoring/overview',
  summary: 'Groups by day, worst first',
  tag,
  query: overviewQuery,
  responses: {
    200: {
      description: 'The last 28 days of every group that the caller may see.',
      schema: z.object({
        data: z.array(overviewRowSchema),
        counts: z.record(z.enum(dayStates), z.number().int()),
        meta: z.object({ next_cursor: z.string().nullable(), total: z.number().int() }),
      }),
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const monitoringOperations: Operation[] = [
  getStatisticsOperation,
  getDriftOperation,
  listProfilesOperation,
  compareOperation,
  overviewOperation,
]
