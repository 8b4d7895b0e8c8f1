import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { type Operation, operation } from '@/lib/core/operation'
import { isStorableText, unstorableReason } from '@/lib/core/text'
import {
  compactOperation,
  getCommitOperation,
  listCommitsOperation,
  materializeOperation,
  onlineStateResource,
  revertCommitOperation,
} from './commit-operations'
import { getCoverageOperation, getTransformationOperation, takeOverOperation } from './coverage-operations'
import { getRunOperation, listRunsOperation, runTransformationOperation } from './run-operations'
import { testTransformationOperation } from './test-operations'

export * from './commit-operations'
export * from './coverage-operations'
export * from './run-operations'
export * from './test-operations'

const tag = 'ingestion'
const base = '/api/v1/feature-groups/{name}'
const groupParams = z.object({ name: z.string().max(1000) })
const versionSchema = z.coerce.number().int().min(1).max(2_147_483_647).optional()
const common = {
  environment: nameSchema.optional(),
  version: versionSchema,
  int64: z.enum(['string']).optional(),
}

/** Larger bodies come in parts; what is written to disk is bounded by the disk and by this. */
const largestBodyBytes = 64 * 1024 ** 3

const fieldErrorResource = z.object({
  row: z.int().optional().describe('From 1; a CSV header is not counted.'),
  column: z.string().optional(),
  value: z.string().optional(),
  rule: z.string().optional(),
  reason: z.string(),
  code: z.string(),
  pointer: z.string(),
})

const warningResource = z.object({
  rule: z.string().describe('`min`, `check:plausible_delay`, `unique`, `rows`, …'),
  feature: z.string().nullable().describe('Null: of the row, or of the batch.'),
  rows: z.int(),
  checked: z.int().nullable(),
  observed: z.string(),
  promised: z.string(),
})

export const ingestAnswerResource = z.object({
  commit: z.string().nullable().describe('Null when no row was good.'),
  created: z.string().nullable(),
  accepted: z.int(),
  rejected: z.int(),
  quarantined: z.int(),
  superseded: z
    .int()
    .nullable()
    .describe(
      'Accepted rows that did not become the newest of their key online; null while that is pending.',
    ),
  errors: z.array(fieldErrorResource).describe('The first 100.'),
  warnings: z
    .array(warningResource)
    .describe('Terms of the contract that only warn and that these rows break.'),
  online: onlineStateResource,
})
export type IngestAnswer = z.output<typeof ingestAnswerResource>

const renamePair = z.string().max(10_000)

const ingestQuery = z.strictObject({
  ...common,
  mode: z.enum(['strict', 'quarantine']).default('strict'),
  commit: z.enum(['atomic', 'stream']).default('atomic'),
  commit_rows: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(10_000)
    .describe('Rows a commit of commit=stream.'),
  to: z.enum(['both', 'offline']).default('both'),
  unknown: z.enum(['refuse', 'ignore']).default('refuse'),
  rename: z
    .union([renamePair, z.array(renamePair).max(2100)])
    .optional()
    .transform((pairs) => (typeof pairs === 'string' ? [pairs] : pairs))
    .describe(
      'Repeated, for bodies of every format: `Water Celsius:water_celsius` reads that column as the declared one, `Remarks:` leaves it out.',
    ),
})

export const rowContentTypes = [
  'application/json',
  'application/x-ndjson',
  'text/csv',
  'application/vnd.apache.parquet',
  'application/vnd.apache.arrow.stream',
  'application/vnd.apache.arrow.file',
] as const

const exampleRows = { rows: [{ customer_id: 1001, interaction_date: '2026-03-01T08:30:00Z', num_logins: 5 }] }
const exampleAnswer = {
  commit: '019a2f3c5d0e8f1a2b3c4d5e6f708192',
  created: '2026-03-01T09:00:00.000000Z',
  accepted: 1,
  rejected: 0,
  quarantined: 0,
  superseded: 0,
  errors: [],
  warnings: [],
  online: { state: 'done', watermark: '2026-03-01T09:00:00.000000Z' },
}

const rowsBody = z.object({ rows: z.array(z.record(z.string(), z.unknown())) })

export const ingestRowsOperation = operation({
  operationId: 'ingestRows',
  method: 'POST',
  idempotency: 'by_act',
  path: `${base}/rows`,
  summary: 'Add rows to a feature group',
  description:
    'All or nothing unless mode=quarantine. `_op: "delete"` makes a row a tombstone. commit=stream (NDJSON) commits as rows flow and answers a line a commit, then one with `end: true`, or with `error` and `not_committed_from_row`; it takes no Idempotency-Key. Otherwise Idempotency-Key makes a retry safe. Bodies may come in gzip or zstd.',
  tag,
  params: groupParams,
  query: ingestQuery,
  body: {
    schema: rowsBody,
    contentTypes: [...rowContentTypes],
    example: exampleRows,
    maxBytes: largestBodyBytes,
  },
  responses: {
    200: {
      description: 'What was committed; a line a commit for commit=stream.',
      schema: ingestAnswerResource,
      contentTypes: ['application/json', 'application/x-ndjson'],
      example: exampleAnswer,
    },
  },
  auth: 'required',
  action: 'group:write_offline',
})

const deleteRowsQuery = z.strictObject({ ...common, to: z.enum(['both', 'offline']).default('both') })

export const deleteRowsOperation = operation({
  operationId: 'deleteRows',
  ifMatch: false,
  method: 'DELETE',
  idempotency: 'by_act',
  path: `${base}/rows`,
  summary: 'Write tombstones',
  description:
    'Each row names the keys and the event time from which on the key has no values. History keeps what was before.',
  tag,
  params: groupParams,
  query: deleteRowsQuery,
  body: {
    schema: rowsBody,
    example: { rows: [{ customer_id: 1001, interaction_date: '2026-03-02T00:00:00Z' }] },
    maxBytes: largestBodyBytes,
  },
  responses: {
    200: { description: 'What was committed.', schema: ingestAnswerResource, example: exampleAnswer },
  },
  auth: 'required',
  action: 'group:write_offline',
})

export const pageQuery = z.strictObject({
  ...common,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type PageQuery = z.output<typeof pageQuery>

const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), meta: z.object({ next_cursor: z.string().nullable(), total: z.int() }) })

const quarantineQuery = pageQuery.extend({
  state: z.enum(['held', 'replayed', 'discarded']).default('held'),
})

export const quarantinedRowResource = z.object({
  id: z.string(),
  commit: z.string().nullable(),
  row_number: z.int(),
  row: z.record(z.string(), z.unknown()),
  errors: z.array(fieldErrorResource),
  state: z.enum(['held', 'replayed', 'discarded']),
  replayed: z
    .object({
      commit: z.string(),
      created: z.string(),
      by: z.string(),
      row: z
        .record(z.string(), z.unknown())
        .nullable()
        .describe('As it was put in; null when as it arrived.'),
    })
    .nullable(),
  discarded: z.object({ reason: z.string(), by: z.string(), at: z.string() }).nullable(),
  created_at: z.string(),
})
export type QuarantinedRowResource = z.output<typeof quarantinedRowResource>

export const listQuarantineOperation = operation({
  operationId: 'listQuarantine',
  method: 'GET',
  path: `${base}/quarantine`,
  summary: 'Bad rows that were kept, with what was wrong',
  tag,
  params: groupParams,
  query: quarantineQuery,
  responses: {
    200: { description: 'A page of rows, oldest first.', schema: pageOf(quarantinedRowResource) },
  },
  auth: 'required',
  action: 'group:write_offline',
})

export const replayInput = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        id: z.string().max(100).refine(isStorableText, unstorableReason),
        row: z
          .record(z.string(), z.unknown())
          .optional()
          .describe('The corrected row; the kept one when absent.'),
      }),
    )
    .min(1)
    .max(10_000),
  reason: z.string().max(1000).refine(isStorableText, unstorableReason).optional(),
})

const replayQuery = z.strictObject({ ...common, to: z.enum(['both', 'offline']).default('both') })

export const replayQuarantineOperation = operation({
  operationId: 'replayQuarantine',
  method: 'POST',
  path: `${base}/quarantine/replay`,
  summary: 'Send quarantined rows again, corrected',
  description: 'All or nothing: the rows that are named leave quarantine together, as one commit.',
  tag,
  params: groupParams,
  query: replayQuery,
  body: {
    schema: replayInput,
    example: {
      rows: [
        {
          id: '019a2f3c5d0e8f1a2b3c4d5e6f708192',
          row: { customer_id: 1001, interaction_date: '2026-03-01', num_logins: 5 },
        },
      ],
    },
  },
  responses: {
    200: { description: 'What was committed.', schema: ingestAnswerResource, example: exampleAnswer },
  },
  auth: 'required',
  action: 'group:write_offline',
})

const heldIds = z.array(z.string().max(100).refine(isStorableText, unstorableReason)).min(1).max(10_000)

export const discardInput = z.strictObject({
  rows: heldIds,
  reason: z.string().trim().min(1).max(1000).refine(isStorableText, unstorableReason),
})

export const holdAgainInput = z.strictObject({ rows: heldIds })

const settledResource = z.object({ rows: z.int().describe('How many.') })
const quarantineActQuery = z.strictObject(common)
const heldExample = ['019a2f3c5d0e8f1a2b3c4d5e6f708192']

export const discardQuarantineOperation = operation({
  operationId: 'discardQuarantine',
  method: 'POST',
  path: `${base}/quarantine/discard`,
  summary: 'Give quarantined rows up',
  description: 'They stay listed with the reason and can be held again. All or nothing.',
  tag,
  params: groupParams,
  query: quarantineActQuery,
  body: {
    schema: discardInput,
    example: { rows: heldExample, reason: 'Test readings, never meant to be kept.' },
  },
  responses: { 200: { description: 'They are discarded.', schema: settledResource } },
  auth: 'required',
  action: 'group:write_offline',
})

export const holdQuarantineOperation = operation({
  operationId: 'holdQuarantine',
  method: 'POST',
  path: `${base}/quarantine/hold`,
  summary: 'Hold discarded rows again',
  description: 'Takes a discard back: the rows can be corrected and replayed again. All or nothing.',
  tag,
  params: groupParams,
  query: quarantineActQuery,
  body: { schema: holdAgainInput, example: { rows: heldExample } },
  responses: { 200: { description: 'They are held again.', schema: settledResource } },
  auth: 'required',
  action: 'group:write_offline',
})

export const ingestionOperations: Operation[] = [
  ingestRowsOperation,
  deleteRowsOperation,
  listCommitsOperation,
  getCommitOperation,
  revertCommitOperation,
  materializeOperation,
  compactOperation,
  listQuarantineOperation,
  replayQuarantineOperation,
  discardQuarantineOperation,
  holdQuarantineOperation,
  runTransformationOperation,
  listRunsOperation,
  getRunOperation,
  testTransformationOperation,
  getCoverageOperation,
  getTransformationOperation,
  takeOverOperation,
]
