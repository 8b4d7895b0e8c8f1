import { z } from 'zod'
import { operation } from '@/lib/core/operation'

const tag = 'jobs'
const params = z.object({ id: z.string().max(100) })

const jobStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const

export const jobResource = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  state: z.enum(jobStates),
  resource: z.object({ kind: z.string(), name: z.string() }),
  environment: z.string().nullable(),
  progress: z
    .object({ done: z.number(), total: z.number().nullable(), message: z.string() })
    .nullable()
    .describe('`total` null: nobody knows how much there is.'),
  cancel_requested: z.boolean(),
  attempts: z.int(),
  result: z.record(z.string(), z.unknown()).nullable(),
  error: z.string().nullable(),
  by: z.string(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
})
export type JobResource = z.output<typeof jobResource>

export const jobDetail = jobResource.extend({
  log: z.array(z.object({ at: z.string(), text: z.string() })).describe('The last 500 lines, oldest first.'),
})
export type JobDetail = z.output<typeof jobDetail>

export const listJobsQuery = z.strictObject({
  state: z.enum(jobStates).optional(),
  kind: z.string().max(100).optional(),
  resource: z.string().max(300).optional().describe('Name of the asset that the job is about.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type ListJobsQuery = z.output<typeof listJobsQuery>

export const listJobsOperation = operation({
  operationId: 'listJobs',
  method: 'GET',
  path: '/api/v1/jobs',
  summary: 'Long work, newest first',
  description: 'One’s own jobs, and those about feature groups that one may see.',
  tag,
  query: listJobsQuery,
  responses: {
    200: {
      description: 'A page of jobs.',
      schema: z.object({
        data: z.array(jobResource),
        meta: z.object({ next_cursor: z.string().nullable(), total: z.int() }),
      }),
    },
  },
  auth: 'required',
})

export const getJobOperation = operation({
  operationId: 'getJob',
  method: 'GET',
  path: '/api/v1/jobs/{id}',
  summary: 'A job: how far it is, what came of it, its log',
  tag,
  params,
  responses: { 200: { description: 'The job.', schema: jobDetail } },
  auth: 'required',
})

export const cancelJobOperation = operation({
  operationId: 'cancelJob',
  method: 'POST',
  path: '/api/v1/jobs/{id}/cancel',
  summary: 'End a job before its end',
  description:
    'A queued job ends at once, a running one within seconds; what it had not committed is gone. One’s own jobs, and those about feature groups that one may write.',
  tag,
  params,
  responses: { 200: { description: 'The job.', schema: jobDetail } },
  auth: 'required',
})

export const watchJobOperation = operation({
  operationId: 'watchJob',
  method: 'GET',
  path: '/api/v1/jobs/{id}/events',
  summary: 'A job as it goes: server-sent events',
  description: 'An event `job` with the whole job at each change; the stream ends with the job.',
  tag,
  params,
  responses: { 200: { description: 'The events.', contentTypes: ['text/event-stream'] } },
  auth: 'required',
})

export const jobOperations = [listJobsOperation, getJobOperation, cancelJobOperation, watchJobOperation]
