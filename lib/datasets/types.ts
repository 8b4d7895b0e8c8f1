import type { Classification, ResourceFacts } from '@/lib/authz'

/** Where the rows of a dataset come from, in a form that finds them again. `file` lies in the version's own folder. */
export type SpineSpec =
  | { kind: 'rows'; file: string; rows: number }
  | { kind: 'upload'; file: string; format: 'parquet' | 'csv' | 'ndjson'; name: string }
  | { kind: 'dataset'; dataset: string; version: number }
  | {
      kind: 'group'
      group: string
      version: number
      columns: string[]
      from: string | null
      to: string | null
    }

/** How rows are divided into files. `random`: by SHA-256 of seed and row number, so that it is the same again. */
export type Split =
  | { by: 'time'; test_from: string; validation_from: string | null }
  | { by: 'fraction'; test: number; validation: number; seed: number }

/** What was asked for, with every version pinned: with `known_at` it gives the same rows again. */
export interface DatasetSpec {
  /** `group@1:feature`, or `alias:feature` where the group is joined in a role. */
  features: string[]
  feature_service: { name: string; version: number } | null
  full_feature_names: boolean
  join_keys: Record<string, Record<string, string> | { group: string; keys: Record<string, string> }>
  timestamp_column: string
  /** `group@1:feature` and how its keys are called in the spine. */
  label: { feature: string; keys: Record<string, string> } | null
  spine: SpineSpec
  split: Split | null
  purpose: string | null
}

/** One group as it was joined. */
export interface DatasetPart {
  alias: string
  group: string
  group_id: string
  version_id: string
  version: number
  revision: number
  /** `spine`: its rows are the dataset's rows, or once were. */
  role: 'feature' | 'label' | 'spine'
  /** Key column of the group → column of the dataset. */
  keys: Record<string, string>
  ttl_seconds: number | null
  source_delay_seconds: number
  horizon_seconds: number | null
  /** Made by a transformation: a row's event time is the instant its window closes. */
  computed: boolean
  columns: { feature: string; column: string; classification: Classification }[]
  /** The commits that were known, by number, rows and a digest of their ids. */
  history: { commits: number; rows: number; digest: string }
}

export interface DatasetColumn {
  name: string
  type: string
  role: 'spine' | 'timestamp' | 'feature' | 'label'
  /** `group@1:feature` of a feature or label. */
  source: string | null
}

export interface DatasetFile {
  name: string
  rows: number
  bytes: number
  sha256: string
}

/** What was found out about one group of a dataset by a second way of asking its history. */
export interface PartEvidence {
  alias: string
  group: string
  version: number
  role: 'feature' | 'label'
  computed: boolean
  columns: string[]
  source_delay_seconds: number
  ttl_seconds: number | null
  /** Dataset rows that a row of the history was known for, in time and not deleted. */
  with_row: number
  without_row: number
  expired: number
  deleted: number
  /** Dataset rows whose values are not those of that row. */
  differing: number
  /** Of those: a value that only a row later than allowed has. */
  newer: number
  /** From the winner's event time to the latest that was allowed: the least and the greatest. */
  closest_seconds: number | null
  farthest_seconds: number | null
  examples: { row: number; column: string; value: string; event_time: string | null }[]
}

export interface Certificate {
  format: 1
  checked_at: string
  known_at: string
  rows: number
  /** Nothing newer, nothing differing, no label before its horizon had passed. */
  holds: boolean
  /** Latest time of a row, RFC 3339; null for a dataset without rows. */
  last_row: string | null
  first_row: string | null
  horizon_seconds: number | null
  left_out: number
  /** Rows that stand closer to `known_at` than the horizon. */
  immature: number
  parts: PartEvidence[]
}

export interface Verification {
  at: string
  by: string
  equal: boolean
  files: { name: string; expected: string; found: string | null; equal: boolean }[]
  content_hash: { expected: string; found: string | null; equal: boolean }
  certificate: Certificate | null
  /** In words; empty when all is equal. */
  differences: string[]
}

export type VersionState = 'building' | 'failed' | 'cancelled' | 'ready' | 'deleted'

/** A version with its dataset, as this room works with it. */
export interface DatasetVersion {
  id: string
  datasetId: string
  name: string
  version: number
  environment: string
  state: VersionState
  knownAt: string
  spec: DatasetSpec
  parts: DatasetPart[]
  jobId: string | null
  jobError: string | null
  rows: number | null
  leftOut: number | null
  contentHash: string | null
  columns: DatasetColumn[]
  files: DatasetFile[]
  certificate: Certificate | null
  verification: Verification | null
  revision: number
  filesDeletedAt: string | null
  filesDeletedBy: string | null
  filesDeletedReason: string | null
  createdBy: string
  createdAt: string
  finishedAt: string | null
  facts: ResourceFacts
}
