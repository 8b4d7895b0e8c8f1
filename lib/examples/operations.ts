import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { changesNothing, type Operation, operation } from '@/lib/core/operation'
import { typedText } from '@/lib/notify/operations'
import { jsonObjectSchema } from '@/lib/registry/operations'
import { readKinds } from './plain'

const tag = 'examples'
const path = '/api/v1/examples'
const instant = z.string().describe('RFC 3339, UTC.')

const exampleKinds = ['group', 'feature', 'service'] as const
const assetSchema = z.object({ kind: z.enum(exampleKinds), name: z.string().max(200) })
export type ExampleAsset = z.output<typeof assetSchema>

const mostCharacters = 20_000

const requestSchema = jsonObjectSchema.refine(
  (request) => JSON.stringify(request).length <= mostCharacters,
  'is longer than 20,000 characters',
)

export const exampleSchema = z.object({
  id: z.string(),
  asset: assetSchema,
  title: z.string(),
  reads: z.enum(readKinds),
  environment: z.string(),
  request: z.record(z.string(), z.unknown()),
  created_by: z.string(),
  created_at: instant,
  last_run: z
    .object({ at: instant, worked: z.boolean(), failure: z.string().nullable(), took_ms: z.int() })
    .nullable()
    .describe('Of the last daily look, by the installation itself; null before the first.'),
})
export type ExampleResource = z.output<typeof exampleSchema>

export const addExampleInput = z.strictObject({
  asset: z.strictObject({ kind: z.enum(exampleKinds), name: z.string().max(200) }),
  title: typedText(200),
  reads: z.enum(readKinds),
  environment: nameSchema.default('prod'),
  request: requestSchema.describe(
    'The body of POST /online-features or /historical-features; it names the asset. A spine has at most 100 rows.',
  ),
})

const listSchema = z.object({
  data: z.array(exampleSchema),
  change: z
    .object({ allowed: z.boolean(), rule: z.string() })
    .describe('Whether the caller may add and remove.'),
})
export type ExampleList = z.output<typeof listSchema>

const runSchema = z.object({
  answer: z.string().describe('As it was answered: JSON text, of a long one the beginning.'),
  cut: z.boolean(),
  took_ms: z.number().describe('In the portal, without the way to the caller.'),
})
export type ExampleRun = z.output<typeof runSchema>

const byId = z.object({ id: z.string().max(100) })

export const listExamplesOperation = operation({
  operationId: 'listExamples',
  method: 'GET',
  path,
  summary: 'Examples of how an asset is read, with what came of the last look at each',
  tag,
  query: assetSchema,
  responses: { 200: { description: 'At most 20, oldest first.', schema: listSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const addExampleOperation = operation({
  operationId: 'addExample',
  method: 'POST',
  path,
  summary: 'Add an example of how an asset is read',
  description:
    'By who may change the asset. Its key values are shown to everybody who may know of the asset, so that restricted data has none. It is looked at once a day by the installation itself, and at once.',
  tag,
  body: {
    schema: addExampleInput,
    example: {
      asset: { kind: 'service', name: 'delay_model_v1' },
      title: 'A busy airport',
      reads: 'online',
      request: { feature_service: 'delay_model_v1', entities: { airport_code: ['ORD'] } },
    },
  },
  responses: { 201: { description: 'The example, looked at.', schema: exampleSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const removeExampleOperation = operation({
  operationId: 'removeExample',
  method: 'DELETE',
  path: `${path}/{id}`,
  summary: 'Remove an example',
  description: 'Needs If-Match: an example does not change, its ETag is `"1"`; `*` does too.',
  tag,
  params: byId,
  responses: { 204: { description: 'Removed.' } },
  auth: 'required',
  action: 'catalog:describe',
})

export const runExampleOperation = operation({
  operationId: 'runExample',
  method: 'POST',
  idempotency: changesNothing,
  path: `${path}/{id}/run`,
  summary: 'Run an example with the rights of the caller',
  description: 'A real read, which counts as the caller’s. Errors are those of the read.',
  tag,
  params: byId,
  responses: { 200: { description: 'What was answered.', schema: runSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const exampleOperations: Operation[] = [
  listExamplesOperation,
  addExampleOperation,
  removeExampleOperation,
  runExampleOperation,
]
