import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { changesNothing, type Operation, operation } from '@/lib/core/operation'
import { environmentQuery, listOf, pathName, textSchema, versionNumber } from '@/lib/registry/operations'
import {
  buildResource,
  certificateResource,
  comparisonResource,
  datasetResource,
  datasetStatisticsResource,
  datasetSummary,
  datasetVersionResource,
  previewResource,
  spineUploadResource,
} from './resources'

export type * from './resources'

const tag = 'training datasets'
const base = '/api/v1/training-datasets'
const one = `${base}/{name}/versions/{version}`
const params = z.object({ name: pathName })
const versionParams = z.object({ name: pathName, version: versionNumber })
const largestSpineBytes = 16 * 1024 ** 3
const largestBodyBytes = 128 * 1024 ** 2

const spineSchema = z
  .object({
    rows: z.array(z.record(z.string(), z.unknown())).optional(),
    upload: z.string().optional().describe('Of POST /api/v1/spines.'),
    dataset: z.string().optional().describe('`name` or `name@2`: its own spine’s columns.'),
    group: z.string().optional().describe('A group with a label: its rows, one a key and time.'),
    from: z.string().optional().describe('Event time, inclusive; of a group.'),
    to: z.string().optional().describe('Inclusive; a date is its whole day.'),
  })
  .describe('Exactly one of rows, upload, dataset, group.')

const labelSchema = z.union([
  z.string(),
  z.object({ feature: z.string(), keys: z.record(z.string(), z.string()).optional() }),
])

const splitSchema = z.union([
  z.object({ by: z.literal('time'), test_from: z.string(), validation_from: z.string().optional() }),
  z.object({
    by: z.literal('fraction'),
    test: z.number(),
    validation: z.number().optional(),
    seed: z.int().optional(),
  }),
])

const selectionBody = z.object({
  spine: spineSchema,
  timestamp_column: z.string().optional(),
  features: z.array(z.string()).optional().describe('`group:feature` or `group@2:feature`; or a service.'),
  feature_service: z.string().optional(),
  service_version: z.int().optional(),
  full_feature_names: z.boolean().optional(),
  join_keys: z.record(z.string(), z.unknown()).optional().describe('As of historical reads.'),
  label: labelSchema.optional().describe('`group:feature` in the role label, joined at each row’s own time.'),
  known_at: z.string().optional().describe('RFC 3339; the moment of the request when absent.'),
  split: splitSchema.optional(),
  environment: z.string().optional(),
  purpose: z.string().optional(),
})

const example = {
  feature_service: 'delay_model_v1',
  join_keys: { airport_delays: { airport_code: 'origin' } },
  spine: { group: 'flight_outcome', from: '2026-04-01', to: '2026-04-28' },
  label: 'flight_outcome:delayed_15',
}

export const uploadSpineOperation = operation({
  operationId: 'uploadSpine',
  method: 'POST',
  path: '/api/v1/spines',
  summary: 'Send a file of keys and times ahead of a dataset',
  description:
    'The body is the file: Parquet, Arrow, CSV or NDJSON. It is kept for a day, for its sender alone, and named by datasets and historical reads as `{"upload": …}`. Needs the right to either.',
  tag,
  query: environmentQuery.extend({ name: textSchema(200).optional().describe('What people call the file.') }),
  body: {
    contentTypes: [
      'text/csv',
      'application/x-ndjson',
      'application/vnd.apache.parquet',
      'application/vnd.apache.arrow.stream',
    ],
    maxBytes: largestSpineBytes,
  },
  responses: { 201: { description: 'The kept file.', schema: spineUploadResource } },
  auth: 'required',
})

export const deleteSpineOperation = operation({
  operationId: 'deleteSpine',
  ifMatch: false,
  method: 'DELETE',
  path: '/api/v1/spines/{upload}',
  summary: 'Remove a file that was sent ahead',
  tag,
  params: z.object({ upload: z.string().max(100) }),
  query: environmentQuery,
  responses: { 204: { description: 'It is gone.' } },
  auth: 'required',
})

export const createTrainingDatasetOperation = operation({
  operationId: 'createTrainingDataset',
  method: 'POST',
  path: base,
  summary: 'Make a training dataset, or the next version of one',
  description:
    'What can be refused is refused at once; the rows are joined by a job. A version never changes. Labels are joined at each row’s own time; rows whose label could not be known by `known_at` are left out and counted. Deprecated versions are refused.',
  tag,
  body: {
    schema: selectionBody.extend({
      name: nameSchema,
      description: z.string().optional(),
      owner_team: z.string().optional(),
    }),
    example: { name: 'flight_delays', ...example },
    maxBytes: largestBodyBytes,
  },
  responses: { 202: { description: 'The build that has begun.', schema: buildResource } },
  auth: 'required',
  action: 'dataset:create',
})

export const previewTrainingDatasetOperation = operation({
  operationId: 'previewTrainingDataset',
  method: 'POST',
  idempotency: changesNothing,
  path: `${base}/preview`,
  summary: 'Join a hundred rows of what a dataset would be',
  tag,
  query: environmentQuery,
  body: { schema: selectionBody, example, maxBytes: largestBodyBytes },
  responses: { 200: { description: 'Rows, statistics, and what is left out.', schema: previewResource } },
  auth: 'required',
  action: 'dataset:create',
})

export const listDatasetsQuery = environmentQuery.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
  sort: z
    .enum(['name', '-name', 'updated_at', '-updated_at', 'rows', '-rows', 'versions', '-versions'])
    .default('name'),
  q: textSchema(200).optional().describe('Part of a name or description.'),
  team: textSchema(100).optional(),
  group: textSchema(100).optional().describe('Only datasets that hold something of this feature group.'),
  service: textSchema(100).optional().describe('Only datasets of this feature service.'),
})

export const listTrainingDatasetsOperation = operation({
  operationId: 'listTrainingDatasets',
  method: 'GET',
  path: base,
  summary: 'List training datasets',
  tag,
  query: listDatasetsQuery,
  responses: { 200: { description: 'A page of datasets.', schema: listOf(datasetSummary) } },
  auth: 'required',
  action: 'catalog:describe',
})

export const getTrainingDatasetOperation = operation({
  operationId: 'getTrainingDataset',
  method: 'GET',
  path: `${base}/{name}`,
  summary: 'Read a training dataset with its versions',
  tag,
  params,
  query: environmentQuery,
  responses: { 200: { description: 'The dataset.', schema: datasetResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const getDatasetVersionOperation = operation({
  operationId: 'getTrainingDatasetVersion',
  method: 'GET',
  path: one,
  summary: 'Read one version of a training dataset',
  tag,
  params: versionParams,
  query: environmentQuery,
  responses: { 200: { description: 'The version.', schema: datasetVersionResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const getCertificateOperation = operation({
  operationId: 'getTrainingDatasetCertificate',
  method: 'GET',
  path: `${one}/certificate`,
  summary: 'Read what was proved about a version',
  description:
    'That no value is newer than its row’s time, less the group’s delay, and that no label was known too early: found out from the history by another way than the join.',
  tag,
  params: versionParams,
  query: environmentQuery,
  responses: { 200: { description: 'The certificate, in numbers and words.', schema: certificateResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const getDatasetStatisticsOperation = operation({
  operationId: 'getTrainingDatasetStatistics',
  method: 'GET',
  path: `${one}/statistics`,
  summary: 'Read the statistics of a version’s columns',
  tag,
  params: versionParams,
  query: environmentQuery,
  responses: { 200: { description: 'By column.', schema: datasetStatisticsResource } },
  auth: 'required',
  action: 'dataset:read',
})

export const verifyTrainingDatasetOperation = operation({
  operationId: 'verifyTrainingDataset',
  method: 'POST',
  path: `${one}/verify`,
  summary: 'Prove a version again',
  description: 'A job hashes its files and its content, and asks the history again. It says what differs.',
  tag,
  params: versionParams,
  query: environmentQuery,
  responses: { 202: { description: 'The job.', schema: buildResource } },
  auth: 'required',
  action: 'dataset:read',
})

export const recreateTrainingDatasetOperation = operation({
  operationId: 'recreateTrainingDataset',
  method: 'POST',
  path: `${one}/recreate`,
  summary: 'Make deleted files again',
  description:
    'From the specification and `known_at`, to the same content hash. 409 where the history no longer allows it.',
  tag,
  params: versionParams,
  query: environmentQuery,
  responses: { 202: { description: 'The job.', schema: buildResource } },
  auth: 'required',
  action: 'dataset:create',
})

export const compareDatasetVersionsOperation = operation({
  operationId: 'compareTrainingDatasetVersions',
  method: 'GET',
  path: `${base}/{name}/versions/{version}/compare/{other}`,
  summary: 'Compare two versions of a training dataset',
  description: 'Rows, columns, specification, and the distance of each common column’s distribution.',
  tag,
  params: versionParams.extend({ other: versionNumber }),
  query: environmentQuery,
  responses: { 200: { description: 'The differences.', schema: comparisonResource } },
  auth: 'required',
  action: 'dataset:read',
})

const fileParams = versionParams.extend({ file: pathName })
const fileTypes = [
  'application/vnd.apache.parquet',
  'application/vnd.apache.arrow.stream',
  'text/csv',
  'application/x-ndjson',
  'application/json',
]

export const getDatasetFileOperation = operation({
  operationId: 'getTrainingDatasetFile',
  ranges: true,
  method: 'GET',
  path: `${one}/files/{file}`,
  summary: 'Download a file',
  description:
    'Parquet answers Range and If-Range, with an ETag; `format` converts. The rows stand in the order that the content hash is of.',
  tag,
  params: fileParams,
  query: environmentQuery.extend({
    format: z.enum(['parquet', 'arrow', 'csv', 'ndjson', 'json']).default('parquet'),
  }),
  responses: {
    200: { description: 'The file.', contentTypes: fileTypes },
    206: { description: 'A range of it.', contentTypes: fileTypes },
  },
  auth: 'required',
  action: 'dataset:read',
  rateLimit: 'serving',
})

export const deleteFilesInput = z.strictObject({ reason: textSchema(1000, 1) })

export const deleteDatasetFilesOperation = operation({
  operationId: 'deleteTrainingDatasetFiles',
  method: 'DELETE',
  path: `${one}/files`,
  summary: 'Delete the files of a version',
  description:
    'Needs If-Match and a reason. What is known about the version stays, and the files can be made again.',
  tag,
  params: versionParams,
  query: environmentQuery,
  body: { schema: deleteFilesInput, example: { reason: 'Superseded by version 2.' } },
  responses: { 200: { description: 'The version without files.', schema: datasetVersionResource } },
  auth: 'required',
  action: 'dataset:create',
})

export const datasetOperations: Operation[] = [
  uploadSpineOperation,
  deleteSpineOperation,
  createTrainingDatasetOperation,
  previewTrainingDatasetOperation,
  listTrainingDatasetsOperation,
  getTrainingDatasetOperation,
  getDatasetVersionOperation,
  getCertificateOperation,
  getDatasetStatisticsOperation,
  verifyTrainingDatasetOperation,
  recreateTrainingDatasetOperation,
  compareDatasetVersionsOperation,
  getDatasetFileOperation,
  deleteDatasetFilesOperation,
]
