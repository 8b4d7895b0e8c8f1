import { z } from 'zod'
import { classificationNames } from '@/lib/registry/operations'

const instant = z.string().describe('RFC 3339, UTC.')
const count = z.int()

export const buildResource = z.object({
  dataset: z.string(),
  version: count,
  job: z.string().describe('GET /api/v1/jobs/{id}'),
  state: z.enum(['building', 'ready', 'deleted']),
})
export type BuildResource = z.output<typeof buildResource>

export const spineUploadResource = z.object({
  upload: z.string().describe('`{"spine": {"upload": …}}` of a preview, a dataset or a historical read.'),
  name: z.string(),
  bytes: count,
  rows: count,
  columns: z.array(
    z.object({ name: z.string(), type: z.string(), nulls: count, examples: z.array(z.string()) }),
  ),
  timestamp_column: z.string().nullable().describe('The likeliest.'),
  expires_at: instant,
})
export type SpineUploadResource = z.output<typeof spineUploadResource>

const columnResource = z.object({
  name: z.string(),
  type: z.string(),
  role: z.enum(['spine', 'timestamp', 'feature', 'label']),
  source: z.string().nullable().describe('`group@1:feature`; `alias=group@1:feature` of a group in a role.'),
})

const statisticsResource = z.object({
  name: z.string(),
  type: z.string(),
  role: z.string(),
  rows: count,
  nulls: count,
  distinct: count,
  min: z.unknown(),
  max: z.unknown(),
  mean: z.number().nullable(),
  standard_deviation: z.number().nullable(),
  quantiles: z.array(z.object({ p: z.number(), value: z.number() })).nullable(),
  histogram: z.object({ edges: z.array(z.number()), counts: z.array(count) }).nullable(),
  top: z.array(z.object({ value: z.unknown(), count })),
  trues: count.nullable(),
})
export type ColumnStatisticsResource = z.output<typeof statisticsResource>

const leftOutResource = z.object({
  rows: count,
  reason: z.string().nullable().describe('Why they are left out; null when none is.'),
})

/** The first rows of one file of a version. */
export interface DatasetRowsResource {
  /** Null: there is none. */
  file: string | null
  /** Rows of the file. */
  total: number
  columns: z.output<typeof columnResource>[]
  /** By column name; without those that are masked. */
  rows: Record<string, unknown>[]
  /** Columns that the reader may know of and not read. */
  masked: {
    name: string
    type: string
    role: string
    /** Among the columns, from 0. */
    position: number
    classification: string
    because: string
    who_can_help: string[]
  }[]
}

export const previewResource = z.object({
  columns: z.array(columnResource),
  rows: z.array(z.record(z.string(), z.unknown())).describe('At most 100, spread evenly over the spine.'),
  spine_rows: count,
  dataset_rows: count.describe('Rows that the dataset will have.'),
  left_out: leftOutResource,
  without_label: count
    .nullable()
    .describe('Rows of the preview for which no label stands at their own time.'),
  files: z.array(z.object({ name: z.string(), rows: count })),
  known_at: instant,
  statistics: z.array(statisticsResource).describe('Of the rows of the preview.'),
})
export type PreviewResource = z.output<typeof previewResource>

const exampleResource = z.object({
  row: count,
  column: z.string(),
  value: z.string(),
  event_time: instant.nullable(),
})

const partResource = z.object({
  alias: z.string(),
  group: z.string(),
  version: count,
  role: z.enum(['feature', 'label']),
  computed: z
    .boolean()
    .describe('Made by a transformation: its event time is the instant its window closes.'),
  columns: z.array(z.string()),
  source_delay_seconds: count,
  ttl_seconds: count.nullable(),
  with_row: count,
  without_row: count,
  expired: count,
  deleted: count,
  differing: count.describe('Rows whose values are not those of the newest row that could be known.'),
  newer: count.describe('Of those: rows with a value that only a later row has.'),
  closest_seconds: z.number().nullable(),
  farthest_seconds: z.number().nullable(),
  examples: z.array(exampleResource),
})

export const certificateResource = z.object({
  dataset: z.string(),
  version: count,
  holds: z.boolean(),
  checked_at: instant,
  known_at: instant,
  rows: count,
  first_row: instant.nullable(),
  last_row: instant.nullable(),
  horizon_seconds: count.nullable(),
  left_out: count,
  immature: count.describe('Rows whose label could not be known at `known_at`.'),
  content_hash: z.string().nullable(),
  clauses: z.array(z.object({ id: z.string(), holds: z.boolean(), text: z.string() })),
  parts: z.array(partResource),
  hidden_parts: count.describe('Groups that the reader may not know of.'),
})
export type CertificateResource = z.output<typeof certificateResource>

const verificationResource = z.object({
  at: instant,
  by: z.string(),
  equal: z.boolean(),
  differences: z.array(z.string()),
})

const fileResource = z.object({
  name: z.string(),
  rows: count,
  bytes: count,
  sha256: z.string(),
  url: z.string(),
})
export type DatasetFileResource = z.output<typeof fileResource>

const partSummary = z.object({
  alias: z.string(),
  group: z.string(),
  version: count,
  revision: count,
  role: z.enum(['feature', 'label', 'spine']),
  keys: z.record(z.string(), z.string()),
  columns: z.array(z.string()),
  ttl_seconds: count.nullable(),
  source_delay_seconds: count,
  horizon_seconds: count.nullable(),
})

export const datasetVersionResource = z.object({
  dataset: z.string(),
  version: count,
  state: z.enum(['building', 'failed', 'cancelled', 'ready', 'deleted']),
  environment: z.string(),
  classification: z.enum(classificationNames),
  known_at: instant,
  job: z.string().nullable(),
  error: z.string().nullable(),
  rows: count.nullable(),
  left_out: leftOutResource.nullable(),
  content_hash: z.string().nullable(),
  spec: z.record(z.string(), z.unknown()),
  spine: z.string().describe('Where the rows come from, in words.'),
  groups: z.array(partSummary),
  hidden_groups: count,
  columns: z.array(columnResource),
  files: z.array(fileResource),
  files_deleted: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
  certificate: z.object({ holds: z.boolean(), checked_at: instant }).nullable(),
  verification: verificationResource.nullable(),
  created_at: instant,
  created_by: z.string(),
  finished_at: instant.nullable(),
  etag: z.string(),
})
export type DatasetVersionResource = z.output<typeof datasetVersionResource>

const datasetVersionSummary = datasetVersionResource.pick({
  version: true,
  state: true,
  environment: true,
  known_at: true,
  rows: true,
  content_hash: true,
  job: true,
  certificate: true,
  created_at: true,
  created_by: true,
})

export const datasetResource = z.object({
  name: z.string(),
  description: z.string(),
  owner_team: z.string(),
  classification: z.enum(classificationNames),
  sample: z.boolean(),
  latest: datasetVersionResource.nullable().describe('The newest version that is ready, else the newest.'),
  versions: z.array(datasetVersionSummary).describe('Newest first.'),
  created_at: instant,
  created_by: z.string(),
  updated_at: instant,
})
export type DatasetResource = z.output<typeof datasetResource>

export const datasetSummary = datasetResource.omit({ latest: true, versions: true }).extend({
  version: count.nullable().describe('The newest.'),
  versions: count,
  state: datasetVersionResource.shape.state.nullable(),
  rows: count.nullable(),
  columns: count.nullable(),
  bytes: count.nullable(),
  label: z.string().nullable(),
  certificate: datasetVersionResource.shape.certificate,
})
export type DatasetSummary = z.output<typeof datasetSummary>

export const datasetStatisticsResource = z.object({
  dataset: z.string(),
  version: count,
  rows: count,
  columns: z.array(statisticsResource),
})
export type DatasetStatisticsResource = z.output<typeof datasetStatisticsResource>

export const comparisonResource = z.object({
  dataset: z.string(),
  from: count,
  to: count,
  same_content: z.boolean(),
  rows: z.object({ from: count.nullable(), to: count.nullable() }),
  schema: z.array(
    z.object({
      column: z.string(),
      change: z.enum(['added', 'removed', 'retyped', 'moved']),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ),
  spec: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
  columns: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['numeric', 'categorical', 'boolean']).nullable(),
      /** Rows of each side that were compared. */
      compared: z.object({ from: count, to: count }),
      null_share: z.object({ from: z.number().nullable(), to: z.number().nullable() }),
      mean: z.object({ from: z.number().nullable(), to: z.number().nullable() }),
      psi: z.number().nullable(),
      js_distance: z.number().nullable(),
      wasserstein_over_sd: z.number().nullable(),
      note: z.string().nullable(),
    }),
  ),
  note: z.string(),
})
export type ComparisonResource = z.output<typeof comparisonResource>

interface ChoiceColumn {
  name: string
  type: string
}

/** What the builder offers; for the page alone. */
export interface BuilderChoices {
  services: {
    name: string
    version: number
    description: string
    purpose: string | null
    features: string[]
    groups: { group: string; keys: ChoiceColumn[] }[]
  }[]
  label_groups: {
    group: string
    version: number
    keys: ChoiceColumn[]
    timestamp_key: string
    columns: ChoiceColumn[]
    labels: { name: string; type: string; horizon_seconds: number }[]
  }[]
  datasets: { name: string; version: number; timestamp_column: string; columns: ChoiceColumn[] }[]
  teams: string[]
}

/** Who took rows out of a dataset. */
export interface DatasetReaders {
  readers: { name: string; kind: string; exports: number; last: string }[]
  /** Datasets that take its rows for theirs. */
  datasets: string[]
}
