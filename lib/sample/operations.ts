import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { removeWord } from './plain'

const tag = 'sample'
const base = '/api/v1/sample'
const day = z.string().describe('`YYYY-MM-DD`')
const names = z.array(z.string())

/** What the sample is, how far it has come, and what of it is made up. */
export const sampleResource = z.object({
  state: z.enum(['absent', 'loading', 'loaded', 'removed']),
  variant: z.enum(['full', 'small']).nullable().describe('`small`: 25 airports, 12 weeks.'),
  moved: z
    .object({
      weeks: z.int(),
      true_first_day: day,
      true_last_day: day,
      first_day: day,
      last_day: day,
    })
    .nullable(),
  held_back: z.object({
    first_day: day.nullable(),
    last_day: day.nullable(),
    days: z.int().describe('Days that a replay brings in all.'),
    left: z.array(day).describe('Days that have not arrived.'),
  }),
  planted: z.array(z.object({ day, fault: z.string(), arrived: z.boolean() })),
  notes: z.array(z.string()),
  assets: z.object({ groups: names, services: names, entities: names, sources: names }),
  used_by: names.describe('What people have built on it: it stays whole while there is any.'),
})
export type SampleResource = z.output<typeof sampleResource>

export const getSampleOperation = operation({
  operationId: 'getSample',
  method: 'GET',
  path: base,
  summary: 'What the sample data is and how far it has come',
  tag,
  responses: { 200: { description: 'The sample.', schema: sampleResource } },
  auth: 'required',
  action: 'settings:manage',
})

export const replaySampleInput = z.strictObject({
  days: z.int().min(1).max(28).default(1),
})

export const replayedResource = z.object({
  days: z.array(
    z.object({
      day,
      rows: z.int(),
      reads: z.int().describe('Requests of the two consumers.'),
      seconds: z.number(),
    }),
  ),
  left: z.int(),
})
export type ReplayedResource = z.output<typeof replayedResource>

export const replaySampleOperation = operation({
  operationId: 'replaySample',
  method: 'POST',
  path: `${base}/replay`,
  summary: 'Bring the next held-back days in',
  description:
    'For each day its file arrives, the scheduler finds it and runs every group’s transformation for the windows that close at its end, and two service keys read online. Answers when the days are in; none are left when `days` is empty.',
  tag,
  body: { schema: replaySampleInput, example: { days: 1 } },
  responses: { 200: { description: 'The days that arrived.', schema: replayedResource } },
  auth: 'required',
  action: 'settings:manage',
})

export const removeSampleInput = z.strictObject({
  confirm: z.literal(removeWord, { error: `must be the word \`${removeWord}\`` }),
})

export const removedSampleResource = z.object({ groups: z.int(), services: z.int() })
export type RemovedSampleResource = z.output<typeof removedSampleResource>

export const removeSampleOperation = operation({
  operationId: 'removeSample',
  method: 'POST',
  path: `${base}/remove`,
  summary: 'Take the sample away for good',
  description:
    'Groups with their rows, services, entities and sources go in one transaction; teams, people and the audit log stay. Refused with 409 while somebody’s own asset stands on it.',
  tag,
  body: { schema: removeSampleInput, example: { confirm: removeWord } },
  responses: { 200: { description: 'How much was removed.', schema: removedSampleResource } },
  auth: 'required',
  action: 'settings:manage',
})

export const sampleOperations: Operation[] = [
  getSampleOperation,
  replaySampleOperation,
  removeSampleOperation,
]
