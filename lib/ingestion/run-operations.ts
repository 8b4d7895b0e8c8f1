import { z } from 'zod'
import { durationSchema } from '@/lib/core/duration-schema'
import { instantSchema } from '@/lib/core/instant'
import { nameSchema } from '@/lib/core/names'
import { operation } from '@/lib/core/operation'

const path = '/api/v1/feature-groups/{name}/runs'
const tag = 'ingestion'
const params = z.object({ name: z.string().max(1000) })

const runTarget = z.strictObject({
  environment: nameSchema.optional(),
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  int64: z.enum(['string']).optional(),
})

/** Without a window a run goes on where the last one ended, up to now. */
export const runWindow = z.strictObject({
  from: instantSchema.optional().describe('Event times later than this.'),
  to: instantSchema.optional().describe('Event times up to this, itself included.'),
  step: durationSchema
    .optional()
    .describe('With `from`: computed in windows of this length, each one commit.'),
  gaps_only: z.boolean().optional().describe('With `from`: only what no run has computed.'),
})

/** Why a run takes place. */
export const triggers = ['hand', 'schedule', 'new_data', 'backfill'] as const
export type Trigger = (typeof triggers)[number]

const computedWindow = z.object({
  from: z.string(),
  to: z.string(),
  rows: z.int(),
  state: z.enum(['computed', 'failed', 'reverted']),
})

export const transformationRunResource = z.object({
  job: z.string(),
  state: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  trigger: z.enum(triggers),
  from: z.string().nullable().describe('Event times later than this were computed; null before it is known.'),
  to: z.string().nullable(),
  rows: z.int().nullable(),
  windows: z.int().describe('Windows that were computed.'),
  commit: z.string().nullable().describe('Null when the window held no row, or the run failed.'),
  progress: z
    .object({ done: z.number(), total: z.number().nullable(), message: z.string() })
    .nullable()
    .describe('While it runs.'),
  can_cancel: z.boolean().describe('A job of its own: `POST /jobs/{id}/cancel` ends it.'),
  error: z.string().nullable(),
  by: z.string(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
})
export type TransformationRunResource = z.output<typeof transformationRunResource>

export const transformationRunDetail = transformationRunResource.extend({
  asked: runWindow,
  computed: z.array(computedWindow).describe('At most the last 1000.'),
  log: z.array(z.object({ at: z.string(), text: z.string() })).describe('The last 500 lines, oldest first.'),
})
export type TransformationRunDetail = z.output<typeof transformationRunDetail>

/** What a run that has just ended did. */
export const finishedRunResource = z.object({
  job: z.string(),
  group: z.string(),
  version: z.int(),
  environment: z.string(),
  from: z.string(),
  to: z.string(),
  rows: z.int(),
  commit: z.string().nullable().describe('Of the last window that held rows.'),
  windows: z.array(
    z.object({ from: z.string(), to: z.string(), rows: z.int(), commit: z.string().nullable() }),
  ),
})
export type FinishedRunResource = z.output<typeof finishedRunResource>

export const runTransformationOperation = operation({
  operationId: 'runTransformation',
  method: 'POST',
  path,
  summary: 'Run a group’s transformation now',
  description:
    'Without `from` a run computes the event times after the last run, and again those that late rows of an input have changed; each window is one commit. It answers when it is done, or with `async=true` at once with a job. A failed window changes nothing and stays in the list with its reason.',
  tag,
  params,
  query: runTarget.extend({
    async: z.enum(['true', 'false']).optional().describe('`true`: answers 202 with the job.'),
  }),
  body: { schema: runWindow, example: { to: '2026-03-01T00:00:00Z' } },
  responses: {
    200: { description: 'What was computed.', schema: finishedRunResource },
    202: { description: 'The run, queued as a job.', schema: transformationRunDetail },
  },
  auth: 'required',
  action: 'group:write_offline',
})

export const listRunsQuery = runTarget.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type ListRunsQuery = z.output<typeof listRunsQuery>

export const listRunsOperation = operation({
  operationId: 'listTransformationRuns',
  method: 'GET',
  path,
  summary: 'Runs of a group’s transformation, newest first',
  tag,
  params,
  query: listRunsQuery,
  responses: {
    200: {
      description: 'A page of runs.',
      schema: z.object({
        data: z.array(transformationRunResource),
        meta: z.object({ next_cursor: z.string().nullable(), total: z.int() }),
      }),
    },
  },
  auth: 'required',
  action: 'group:read_statistics',
})

export const getRunOperation = operation({
  operationId: 'getTransformationRun',
  method: 'GET',
  path: `${path}/{job}`,
  summary: 'One run: its windows and its log',
  tag,
  params: params.extend({ job: z.string().max(100) }),
  query: runTarget,
  responses: { 200: { description: 'The run.', schema: transformationRunDetail } },
  auth: 'required',
  action: 'group:read_statistics',
})
