import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { listOf, listQuery, textSchema } from '@/lib/registry/operations'

const tag = 'retirement'
const instant = z.string().describe('RFC 3339, UTC.')
const count = z.int()

export const unusedKinds = ['feature', 'group', 'service'] as const
const days = z.coerce.number().int().min(1).max(3650)
const format = z.enum(['json', 'csv']).default('json').describe('`csv`: the whole list, without pages.')

export const unusedQuery = listQuery.extend({
  kind: z.enum(unusedKinds).default('group'),
  which: z
    .enum(['unread', 'never'])
    .default('unread')
    .describe('`never`: nobody ever read it; `unread`: nobody within the days.'),
  days: days.default(90).describe('What is younger, or was read within them, is in use.'),
  team: textSchema(100).optional(),
  q: textSchema(200).optional().describe('Part of the name.'),
  format,
})
export type UnusedQuery = Omit<z.output<typeof unusedQuery>, 'format'>

const unusedResource = z.object({
  kind: z.enum(unusedKinds),
  name: z.string(),
  version: count.nullable().describe('Of a group and its features: the one to retire.'),
  owner_team: z.string(),
  lifecycle: z.string(),
  since: instant.describe('When it was registered.'),
  last_read: instant.nullable().describe('Null: never.'),
  idle_days: count.describe('Whole days since the last read, or since it was registered.'),
})
export type UnusedResource = z.output<typeof unusedResource>

export const listUnusedOperation = operation({
  operationId: 'listUnused',
  method: 'GET',
  path: '/api/v1/retirement/unused',
  summary: 'Features, groups or services that nobody reads, longest idle first',
  description: 'By real reads of people, keys and jobs, whether or not a service names them.',
  tag,
  query: unusedQuery,
  responses: {
    200: {
      description: 'A page of the list.',
      contentTypes: ['application/json', 'text/csv'],
      schema: listOf(unusedResource),
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const orphanReasons = ['no_owner', 'source_gone', 'no_rows'] as const

export const orphansQuery = listQuery.extend({
  reason: z.enum(orphanReasons).optional(),
  cadences: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe('`no_rows`: nothing arrived for so many times the promised interval.'),
  team: textSchema(100).optional(),
  format,
})
export type OrphansQuery = Omit<z.output<typeof orphansQuery>, 'format'>

const orphanResource = z.object({
  group: z.string(),
  version: count,
  owner_team: z.string(),
  reasons: z.array(z.object({ reason: z.enum(orphanReasons), text: z.string() })),
})
export type OrphanResource = z.output<typeof orphanResource>

export const listOrphansOperation = operation({
  operationId: 'listOrphans',
  method: 'GET',
  path: '/api/v1/retirement/orphans',
  summary: 'Groups that nobody looks after any more: no owner left, source gone, no rows',
  tag,
  query: orphansQuery,
  responses: {
    200: {
      description: 'A page of the list.',
      contentTypes: ['application/json', 'text/csv'],
      schema: listOf(orphanResource),
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

const figure = z.object({ unread: count, never: count })

export const retirementFiguresResource = z.object({
  days: count,
  feature: figure,
  group: figure,
  service: figure,
  no_owner: count,
  source_gone: count,
  no_rows: count,
})
export type RetirementFiguresResource = z.output<typeof retirementFiguresResource>

export const unusedOperations: Operation[] = [listUnusedOperation, listOrphansOperation]
