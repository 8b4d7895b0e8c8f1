import { z } from 'zod'
import { instantSchema } from '@/lib/core/instant'
import { nameSchema } from '@/lib/core/names'
import { operation } from '@/lib/core/operation'

const base = '/api/v1/feature-groups/{name}'
const tag = 'ingestion'
const params = z.object({ name: z.string().max(1000) })
const target = {
  environment: nameSchema.optional(),
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  int64: z.enum(['string']).optional(),
}

const instant = z.union([instantSchema, z.iso.date()], {
  error: 'must be an RFC 3339 instant or a date, such as 2026-03-01',
})

/** `computed`: by a run whose rows stand; `gap`: behind the watermark, by none; `ahead`: not due; `before`: never asked for. */
const coverageStates = ['computed', 'failed', 'reverted', 'gap', 'ahead', 'before'] as const

export const coverageQuery = z.strictObject({
  ...target,
  from: instant.optional().describe('56 days before `to` when absent.'),
  to: instant.optional().describe('Now when absent. A date is its end.'),
})
export type CoverageQuery = z.output<typeof coverageQuery>

const interval = z.object({
  from: z.string().describe('Event times later than this.'),
  to: z.string().describe('Event times up to this.'),
  state: z.enum(coverageStates),
})

export const coverageResource = z.object({
  group: z.string(),
  version: z.int(),
  environment: z.string(),
  from: z.string(),
  to: z.string(),
  watermark: z
    .string()
    .nullable()
    .describe('Every event time up to here has been computed, but for the gaps.'),
  intervals: z.array(interval).describe('In order, without holes.'),
  gaps: z
    .array(z.object({ from: z.string(), to: z.string(), state: z.enum(coverageStates) }))
    .describe('What a backfill would fill: gaps, and what failed or was reverted.'),
  days: z.array(
    z.object({
      date: z.string(),
      state: z.enum(['ok', 'warn', 'fail', 'no_data', 'not_due']),
      detail: z.string(),
    }),
  ),
})
export type CoverageResource = z.output<typeof coverageResource>

export const getCoverageOperation = operation({
  operationId: 'getCoverage',
  method: 'GET',
  path: `${base}/coverage`,
  summary: 'Event times that a group’s transformation has computed',
  description: 'From the runs and not from the rows alone: a window that held no row was computed, too.',
  tag,
  params,
  query: coverageQuery,
  responses: { 200: { description: 'Intervals, gaps and days.', schema: coverageResource } },
  auth: 'required',
  action: 'group:read_statistics',
})

export const transformationResource = z.object({
  group: z.string(),
  version: z.int(),
  environment: z.string(),
  schedule: z.string().nullable().describe('Cron expression in UTC, or an ISO 8601 duration.'),
  on_new_data: z.boolean(),
  interval: z.string().nullable(),
  lookback: z.string().nullable(),
  next_due: z.string().nullable().describe('The next instant of the schedule.'),
  watermark: z.string().nullable(),
  runs_as: z.string().describe('In whose name the scheduler runs it.'),
  refusal: z.string().nullable().describe('Why the scheduler does not run it.'),
  inputs: z.array(
    z.object({ name: z.string(), taken_in: z.string().nullable().describe('Data seen up to here.') }),
  ),
  tests: z.int(),
})
export type TransformationStatusResource = z.output<typeof transformationResource>

export const getTransformationOperation = operation({
  operationId: 'getTransformation',
  method: 'GET',
  path: `${base}/transformation`,
  summary: 'When a group’s transformation runs, how far it has come, and in whose name',
  tag,
  params,
  query: z.strictObject(target),
  responses: { 200: { description: 'The transformation.', schema: transformationResource } },
  auth: 'required',
  action: 'group:read_statistics',
})

export const takeOverOperation = operation({
  operationId: 'takeOverTransformation',
  method: 'POST',
  path: `${base}/transformation/take-over`,
  summary: 'Let the scheduler run it in one’s own name',
  description: 'For when its author has left or lost the right to write the group or to read an input.',
  tag,
  params,
  query: z.strictObject(target),
  responses: { 200: { description: 'The transformation.', schema: transformationResource } },
  auth: 'required',
  action: 'group:write_offline',
})
