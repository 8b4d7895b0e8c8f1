import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { changesNothing, operation } from '@/lib/core/operation'
import { environmentQuery } from '@/lib/registry/operations'

const number = z.number().nullable()
const exact = z.unknown().describe('The value as JSON.')

const columnStatistics = z.object({
  nulls: z.int(),
  nan: z.int(),
  distinct: z.int(),
  min: exact,
  max: exact,
  mean: number,
  standard_deviation: number.describe('Sample (n − 1).'),
  quantiles: z
    .array(z.object({ p: z.number(), value: z.number() }))
    .nullable()
    .describe('Type 7: minimum, deciles, maximum.'),
  histogram: z.object({ edges: z.array(z.number()), counts: z.array(z.int()) }).nullable(),
  top: z.array(z.object({ value: exact, count: z.int() })),
  trues: z.int().nullable(),
})

const sensitiveResource = z.object({
  kind: z.string().describe('What it seems to hold, e.g. `e-mail address`.'),
  tag: z.enum(['pii', 'special-category']),
  reason: z.string(),
  classification: z.literal('confidential').describe('Suggested; a person confirms it.'),
})

const columnResource = z.object({
  column: z.string().describe('As the file names it.'),
  name: z.string().describe('As a feature, key or time column may be named.'),
  type: z.string(),
  role: z.enum(['key', 'timestamp', 'feature']),
  examples: z.array(z.string()),
  statistics: columnStatistics,
  sensitive: sensitiveResource.nullable(),
})

/** Everything of a `POST /feature-groups` body that a file can tell. */
const proposedDefinition = z.object({
  name: z.string().nullable(),
  description: z.string(),
  entity: z
    .union([
      z.string(),
      z.object({ name: z.string(), keys: z.array(z.object({ name: z.string(), type: z.string() })) }),
    ])
    .nullable()
    .describe('An entity that has these keys already, or a new one.'),
  primary_key: z.array(z.string()),
  timestamp_key: z.string().nullable(),
  features: z.array(z.object({ name: z.string(), type: z.string(), description: z.string() })),
})

const similarGroup = z.object({
  group: z.string(),
  description: z.string(),
  entity: z.string().nullable(),
  team: z.string(),
  lifecycle: z.string(),
  columns: z.array(z.string()).describe('Features of the same name.'),
  share: z.number().describe('Share of the proposed features that it has.'),
})

export const inferenceResource = z.object({
  rows: z.int(),
  definition: proposedDefinition,
  columns: z.array(columnResource),
  key_candidates: z.array(z.array(z.string())).describe('Likeliest first.'),
  similar: z.array(similarGroup),
  notes: z.array(z.string()).describe('What a person should look at.'),
})
export type InferenceResource = z.output<typeof inferenceResource>

/** Instead of a file: the name of a data source of kind `file`. */
export const inferSourceInput = z.strictObject({ source: nameSchema })

const largestFileBytes = 8 * 1024 ** 3

export const inferOperation = operation({
  operationId: 'inferDefinition',
  method: 'POST',
  idempotency: changesNothing,
  path: '/api/v1/infer',
  summary: 'Propose a feature group from a file or a source',
  description:
    'Types, keys, event time, statistics, columns that look sensitive and groups that are similar. Nothing is stored.',
  tag: 'catalog',
  query: environmentQuery.extend({ name: nameSchema.optional().describe('What the group shall be called.') }),
  body: {
    contentTypes: [
      'text/csv',
      'application/vnd.apache.parquet',
      'application/vnd.apache.arrow.stream',
      'application/vnd.apache.arrow.file',
      'application/x-ndjson',
      'application/json',
    ],
    schema: z
      .union([
        z.strictObject({ source: nameSchema }),
        z.strictObject({ rows: z.array(z.record(z.string(), z.unknown())) }),
      ])
      .describe('As JSON: the name of a data source, or rows as ingestion reads them.'),
    example: { source: 'web_events' },
    maxBytes: largestFileBytes,
  },
  responses: { 200: { description: 'The proposal.', schema: inferenceResource } },
  auth: 'required',
  action: 'group:create',
})
