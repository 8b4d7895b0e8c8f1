import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { operation } from '@/lib/core/operation'

const path = '/api/v1/feature-groups/{name}/runs'
const tag = 'ingestion'
const params = z.object({ name: z.string().max(1000) })
const instant = z.iso.datetime({
  offset: true,
  error: 'must be an RFC 3339 instant, such as 2026-03-01T00:00:00Z',
})

const runTarget = z.strictObject({
  environment: nameSchema.optional(),
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  int64: z.enum(['string']).optional(),
})

/** Without a window a run goes on where the last one ended, up to now. */
export const runWindow = z.strictObject({
  from: instant.optional().describe('Event times later than this.'),
  to: instant.optional().describe('Event times up to this, itself included.'),
})

export const transformationRunResource = z.object({
  job: z.string(),
  state: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  from: z.string().describe('Event times later than this were computed.'),
  to: z.string(),
  rows: z.int().nullable(),
  commit: z.string().nullable().describe('Null when the window held no row, or the run failed.'),
  error: z.string().nullable(),
  by: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
})
export type TransformationRunResource = z.output<typeof transformationRunResource>

/** What a run that has just ended did. */
export const finishedRunResource = z.object({
  job: z.string(),
  group: z.string(),
  version: z.int(),
  environment: z.string(),
  from: z.string(),
  to: z.string(),
  rows: z.int(),
  commit: z.string().nullable(),
})
export type FinishedRunResource = z.output<typeof finishedRunResource>

export const runTransformationOperation = operation({
  operationId: 'runTransformation',
  method: 'POST',
  path,
  summary: 'Run a group’s transformation now',
  description:
    'Computes the event times after the last run and commits their rows as one commit; answers when it is done. A failed run changes nothing and stays in the list with its reason.',
  tag,
  params,
  query: runTarget,
  body: { schema: runWindow, example: { to: '2026-03-01T00:00:00Z' } },
  responses: { 200: { description: 'What was computed.', schema: finishedRunResource } },
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
