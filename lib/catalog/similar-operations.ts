import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { changesNothing, type Operation, operation } from '@/lib/core/operation'
import { environmentQuery, textSchema } from '@/lib/registry/operations'

const tag = 'catalog'
const path = '/api/v1/features/similar'

const limit = z.coerce.number().int().min(1).max(50).default(5)

const statistics = z.strictObject({
  null_share: z.number().min(0).max(1),
  quantiles: z.record(z.string(), z.number()).optional().describe('Values at 0.1, 0.25, 0.5, 0.75 and 0.9.'),
  top: z
    .array(z.tuple([z.string().max(500), z.number()]))
    .max(20)
    .optional()
    .describe('Frequent values with their shares.'),
  true_share: z.number().min(0).max(1).optional(),
})

export const similarInput = z.strictObject({
  name: textSchema(200, 1),
  description: textSchema(10_000).default(''),
  entity: textSchema(200).nullish(),
  type: textSchema(200).default('float64'),
  expression: textSchema(2000).nullish(),
  statistics: statistics.nullish(),
  environment: z.string().optional(),
  limit,
})

export const similarQuery = environmentQuery.extend({
  feature: z.string().max(200).describe('`group:feature` or `group@2:feature`.'),
  limit,
})

const signalResource = z.object({
  signal: z.enum(['name', 'meaning', 'entity', 'type', 'transformation', 'distribution']),
  likeness: z.number().nullable().describe('0 to 1; null: not known of both.'),
  says: z.string(),
})

const similarResource = z.object({
  data: z.array(
    z.object({
      feature: z.string(),
      description: z.string(),
      entity: z.string().nullable(),
      type: z.string(),
      team: z.string(),
      lifecycle: z.string(),
      readers: z.int().describe('Who read it in the last 30 days.'),
      reuses: z.int().describe('How often it was taken instead of being written anew.'),
      score: z.number().describe('0 to 1.'),
      same_meaning: z.boolean().describe('Both probably mean the same.'),
      signals: z.array(signalResource),
    }),
  ),
})
export type SimilarResource = z.output<typeof similarResource>

export const reuseInput = z.strictObject({ feature: z.string().max(200), instead_of: nameSchema })

const reuseResource = z.object({ id: z.string(), feature: z.string(), reuses: z.int() })
export type ReuseResource = z.output<typeof reuseResource>

const proposed = {
  name: 'login_count',
  description: 'How many times the customer logged in that day.',
  entity: 'customer',
  type: 'int64',
}

export const similarToProposedOperation = operation({
  operationId: 'findSimilarFeatures',
  method: 'POST',
  path,
  summary: 'Features that may mean what is about to be written',
  description:
    'Compared by name, meaning, entity, type, transformation and how the values lie; each says what speaks for and against. Values are compared where the caller may read statistics.',
  tag,
  idempotency: changesNothing,
  body: { schema: similarInput, example: proposed },
  responses: { 200: { description: 'Likeliest first.', schema: similarResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const similarToFeatureOperation = operation({
  operationId: 'listSimilarFeatures',
  method: 'GET',
  path,
  summary: 'Features that may mean what a registered one means',
  tag,
  query: similarQuery,
  responses: { 200: { description: 'Likeliest first.', schema: similarResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const reuseFeatureOperation = operation({
  operationId: 'reuseFeature',
  method: 'POST',
  path: '/api/v1/features/reuses',
  summary: 'Take a feature instead of writing it anew',
  tag,
  body: {
    schema: reuseInput,
    example: { feature: 'customer_engagement:num_logins', instead_of: 'login_count' },
  },
  responses: { 201: { description: 'It is counted.', schema: reuseResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const takeBackReuseOperation = operation({
  operationId: 'takeBackReuse',
  method: 'DELETE',
  path: '/api/v1/features/reuses/{id}',
  summary: 'Take back that a feature was taken',
  description: 'Only whoever took it.',
  tag,
  params: z.object({ id: z.string().max(100) }),
  ifMatch: false,
  responses: { 204: { description: 'It is no longer counted.' } },
  auth: 'required',
  action: 'catalog:describe',
})

export const similarOperations: Operation[] = [
  similarToProposedOperation,
  similarToFeatureOperation,
  reuseFeatureOperation,
  takeBackReuseOperation,
]
