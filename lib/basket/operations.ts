import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { environmentQuery } from '@/lib/registry/operations'

const tag = 'basket'

/** Side by side, more columns than these are not compared by eye. */
export const mostFeatures = 24

const referenceSchema = z
  .string()
  .max(200)
  .regex(/^[a-z]\w*(@[1-9]\d*)?:[a-z]\w*$/, 'is not group:feature or group@version:feature')
  .describe('`group:feature` or `group@2:feature`.')

export const basketSchema = z.object({
  data: z.array(
    z.object({
      feature: referenceSchema,
      added_at: z.string().describe('RFC 3339, UTC.'),
    }),
  ),
  meta: z.object({ total: z.int(), limit: z.int().describe('As many features fit.') }),
})
export type BasketResource = z.output<typeof basketSchema>

/** A feature that was put aside, as it stands in the environment; `found` is null when it is not there for the reader. */
export interface BasketLine {
  feature: string
  found: {
    group: string
    version: number
    promoted: boolean
    name: string
    type: string
    owner_team: string
    lifecycle: 'draft' | 'in_review' | 'active' | 'deprecated' | 'archived'
    classification: string
    sunset_at: string | null
    /** `group` or `group@n` that takes the place of its version, and the feature of its name there. */
    replacement: string | null
    swap: string | null
  } | null
}

export const addToBasketInput = z.strictObject({
  features: z.array(referenceSchema).min(1).max(mostFeatures),
})
export const replaceBasketInput = z.strictObject({ features: z.array(referenceSchema).max(mostFeatures) })

export const correlationMethods = ['spearman', 'pearson'] as const
export type CorrelationMethod = (typeof correlationMethods)[number]

const leftOutSchema = z.object({ feature: z.string(), reason: z.string() })
export type LeftOut = z.output<typeof leftOutSchema>

export const correlationSchema = z.object({
  method: z.enum(correlationMethods),
  formula: z.string(),
  environment: z.string(),
  least_rows: z.int().describe('A pair that fewer rows hold has no coefficient.'),
  entities: z.array(
    z.object({
      entity: z.string(),
      features: z.array(z.string()),
      rows: z.int().describe('Keys and times of the sample, drawn from each group alike.'),
      pairs: z.array(
        z.object({
          a: z.string(),
          b: z.string(),
          rows: z.int().describe('Rows of the sample that hold a finite value of both.'),
          coefficient: z.number().nullable().describe('−1 … 1.'),
          reason: z.string().nullable().describe('Why there is none.'),
        }),
      ),
    }),
  ),
  left_out: z.array(leftOutSchema),
})
export type CorrelationResource = z.output<typeof correlationSchema>

const path = '/api/v1/basket'
const answer = { 200: { description: 'The basket as it is now, in its order.', schema: basketSchema } }
const shared = { tag, responses: answer, auth: 'required', action: 'catalog:describe' } as const
const example = { features: ['route_delays:mean_delay_7d', 'airport_weather@1:wind_knots'] }

export const getBasketOperation = operation({
  ...shared,
  operationId: 'getBasket',
  method: 'GET',
  path,
  summary: 'The features that the caller has put aside to compare',
  description:
    'Of the caller alone, on every machine. Names stay as they were put in; the comparison says what became of them.',
})

export const addToBasketOperation = operation({
  ...shared,
  operationId: 'addToBasket',
  method: 'POST',
  path,
  summary: 'Put features into the basket',
  query: environmentQuery,
  description: `What is there already stays where it is. All of them, or none: at most ${mostFeatures} fit.`,
  body: { schema: addToBasketInput, example },
})

export const replaceBasketOperation = operation({
  ...shared,
  operationId: 'replaceBasket',
  method: 'PUT',
  path,
  summary: 'Make the basket hold these features in this order; none clears it',
  query: environmentQuery,
  body: { schema: replaceBasketInput, example },
})

export const removeFromBasketOperation = operation({
  ...shared,
  operationId: 'removeFromBasket',
  method: 'DELETE',
  path: `${path}/{feature}`,
  summary: 'Take a feature out of the basket',
  params: z.object({ feature: referenceSchema }),
  ifMatch: false,
})

export const correlateOperation = operation({
  operationId: 'correlateFeatures',
  method: 'GET',
  path: '/api/v1/features/correlation',
  summary: 'How features of one entity move together, over a shared sample',
  description:
    'At most 2,000 keys and times, drawn from the groups alike; each feature as it was known at the row’s time. Only what the caller may read offline; each group read is a row of the audit log.',
  tag,
  query: environmentQuery.extend({
    features: z
      .string()
      .max(6000)
      .transform((text) => text.split(','))
      .pipe(z.array(referenceSchema).min(2).max(mostFeatures))
      .describe('`group:feature,group@2:feature,…`'),
    method: z.enum(correlationMethods).default('spearman'),
  }),
  responses: { 200: { description: 'A coefficient for each pair, or why not.', schema: correlationSchema } },
  auth: 'required',
  action: 'group:read_offline',
})

export const basketOperations: Operation[] = [
  getBasketOperation,
  addToBasketOperation,
  replaceBasketOperation,
  removeFromBasketOperation,
  correlateOperation,
]
