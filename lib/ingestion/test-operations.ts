import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { operation } from '@/lib/core/operation'

const difference = z.object({
  kind: z.enum(['missing', 'unexpected', 'differs', 'unreadable']),
  row: z.int().nullable().describe('Row of `expect`, from 1; null for a row that nobody expected.'),
  key: z.string().describe('Keys and event time, in the order of the columns.'),
  column: z.string().nullable(),
  expected: z.string().nullable().describe('As JSON text; of `unreadable`, what is wrong with it.'),
  actual: z.string().nullable(),
})

/** What one test of a transformation gave. */
export const testOutcomeResource = z.object({
  name: z.string(),
  passed: z.boolean(),
  rows: z.int().describe('Rows that were computed.'),
  error: z.string().nullable().describe('Why nothing was computed.'),
  differences: z.array(difference).describe('The first 100.'),
})
export type TestOutcomeResource = z.output<typeof testOutcomeResource>

export const testedVersionResource = z.object({
  group: z.string(),
  version: z.int(),
  passed: z.boolean().describe('All passed; also without any test.'),
  tests: z.array(testOutcomeResource),
})
export type TestedVersionResource = z.output<typeof testedVersionResource>

export const testTransformationOperation = operation({
  operationId: 'testTransformation',
  method: 'POST',
  path: '/api/v1/feature-groups/{name}/versions/{version}/tests',
  summary: 'Run the tests of a version’s transformation',
  description:
    'Each test’s rows go through the SQL in the real engine, with the columns and types of the inputs as they are now; what comes out is compared with the rows expected. Nothing is stored.',
  tag: 'ingestion',
  params: z.object({
    name: z.string().max(1000),
    version: z.coerce.number().int().min(1).max(2_147_483_647),
  }),
  query: z.strictObject({ environment: nameSchema.optional(), int64: z.enum(['string']).optional() }),
  responses: { 200: { description: 'What each test gave.', schema: testedVersionResource } },
  auth: 'required',
  action: 'group:read_statistics',
})
