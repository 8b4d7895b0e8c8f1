import type { Readable } from 'node:stream'
import type { CanonicalValue, FeatureType } from '@/lib/core/feature-type'

/** A column by name and type, in file or answer order. */
export interface Column {
  name: string
  type: FeatureType
}

/** Columns of one group version as its history files hold them; `_row` (from 1) and `_op` stand beside them. */
export interface HistorySchema {
  keys: Column[]
  /** Name of the event-time column, a timestamp. */
  eventTime: string
  /** Declared order, which is also the order of the fragments in an online row. */
  features: Column[]
}

/** A committed file: `path` absolute or relative to ALMANAC_HOME; `createdMicros` is its commit's `created`. */
export interface HistoryFile {
  path: string
  commit: string
  createdMicros: bigint
  /** Of a merged file, whose rows name their commits: `created` of its first; `commit` and `createdMicros` its last. */
  firstMicros?: bigint
}

/** A commit, by its `created`, that a revert hides from one instant until another took the revert back (null: never). */
export interface HiddenCommit {
  createdMicros: bigint
  fromMicros: bigint
  toMicros: bigint | null
}

/** Rows of a commit whose window was computed again by a later one: they do not count between two instants. */
export interface ReplacedTimes {
  /** `created` of the commit that holds the rows, and the event times (both inclusive) of all its rows. */
  createdMicros: bigint
  leastMicros: bigint
  greatestMicros: bigint
  /** `created` of the commit that computed the window again. */
  byMicros: bigint
  /** Event times later than, up to and including. */
  afterMicros: bigint
  untilMicros: bigint
  /** From when until when (null: now) the later commit was in force. */
  fromMicros: bigint
  toMicros: bigint | null
}

/** A committed history: the files of all its commits, in any order, and which of them do not count when. */
export interface History {
  schema: HistorySchema
  files: HistoryFile[]
  hidden?: HiddenCommit[]
  replaced?: ReplacedTimes[]
  /** Read as it was known at an instant; `each`: every row is compared by whoever reads; absent: as it is now. */
  known?: bigint | 'each'
  /** Only the commits with these `created`. */
  only?: bigint[]
  /** None of these commits brought a tombstone. */
  noTombstones?: boolean
}

/** A derived feature of a write: a SQL expression over keys, event time, plain features and inputs of its row. */
export interface WriteFeature extends Column {
  expression?: string | null
}

export interface WriteSchema extends Omit<HistorySchema, 'features'> {
  features: WriteFeature[]
  /** Columns accepted for expressions and not stored. */
  inputs: Column[]
}

/** A table that a transformation's SQL may name. */
export type InputRelation =
  | { name: string; history: History }
  | { name: string; path: string; format: FileFormat }

export type FileFormat = 'parquet' | 'csv' | 'ndjson'

/**
 * Where a batch comes from.
 * `staged`: a file of `stagedRow` lines whose cells stand in the order of `stagedColumns(schema)`.
 * `file`: a user's file, every value of it checked and converted exactly, or refused with row and column.
 * `cells`: a staged file of texts as a body had them, each row's number among its cells. A text that is not in the
 * plain spelling of its type is refused with the rule `doubt`: the codec itself must look at it.
 * `select`: a transformation; its rows are checked as those of a file are.
 */
/** What columns of a file are called in the group, by the name that they have in the file; null: left out. */
export type RenamedColumns = ReadonlyMap<string, string | null>

export type WriteSource =
  | { kind: 'staged'; path: string }
  | { kind: 'file'; path: string; format: FileFormat; renamed?: RenamedColumns }
  | { kind: 'cells'; path: string; columns: StagedColumn[] }
  | { kind: 'select'; sql: string; inputs: InputRelation[] }

/** A column of a staged body: the declared one, `_row` or `_op`; null: left out. */
export type StagedColumn = string | null

export interface WriteRequest {
  source: WriteSource
  schema: WriteSchema
  /** Where the history file goes: absolute or relative to ALMANAC_HOME. It appears whole or not at all. */
  destination: string
  /** `quarantine` writes the good rows and reports the others; `strict` writes nothing when one is refused. */
  mode: 'strict' | 'quarantine'
  /** What happens to columns of a file that are not declared. */
  unknown: 'refuse' | 'ignore'
  /** Event times later than this are refused (rule `future`); null: no bound. */
  latestMicros: bigint | null
  /** Most faults that are listed; all are counted. */
  maximumFaults: number
  /** What the values of columns must keep to beside their types. */
  terms?: ColumnTerms[]
  /** Only these rows of a Parquet file, both from 1 and inclusive; of `cells` what rows there are. */
  rows?: RowSpan
}

export interface RowSpan {
  first: number
  last: number
}

/** What the values of one column must keep to; a tombstone has none. The rule that is broken is the member's name. */
export interface ColumnTerms {
  column: string
  nullable: boolean
  /** Numbers, or texts of numbers that a double does not hold. */
  min?: number | string
  max?: number | string
  /** Canonical values of the column's type. */
  allowed?: CanonicalValue[]
  pattern?: { re2: string; longestText: number }
  /** How the error goes on behind the column's name, by rule. */
  reasons: Record<string, string>
}

/** What is asked of files that were written for one batch, taken together. */
export interface WholeRequest {
  paths: string[]
  /** Columns in which no value may stand twice; nulls are not values. */
  unique: string[]
  /** Columns whose nulls are counted. */
  nullShares: string[]
  /** Rows that are refused already: their values do not count. */
  withoutRows: number[]
  /** Repetitions up to this row were found before. */
  afterRow: number
  /** Most repetitions that are listed for one column. */
  limit: number
}

export interface WholeResult {
  /** A value that stood in row `first` before. */
  repeats: { column: string; row: number; first: number; value: string }[]
  /** Rows with such a value, also those that are not listed. */
  repeatedRows: number
  rows: number
  nulls: { column: string; count: number }[]
}

/** Conditions that each row of a batch's files must keep, asked after the files are written. */
export interface RowsCheckRequest {
  paths: string[]
  /** Columns that `terms` are about. */
  columns: Column[]
  /** SQL over the stored columns, every name quoted; a row breaks it where it is false. */
  checks: { name: string; sql: string }[]
  /** Each rule of them is looked at by itself; reasons are not read. */
  terms: ColumnTerms[]
  /** Columns that no two rows may have alike; a row with a null in one of them is like no other. */
  unique: { name: string; columns: string[] }[]
  withoutRows: number[]
  /** Most rows that are listed for one condition. */
  limit: number
}

export interface BrokenCondition {
  /** A check's or a set's name, or the rule of a column's terms. */
  name: string
  kind: 'check' | 'term' | 'unique'
  column: string | null
  rows: number
  /** `value` of terms, `first` (the row that came before) of sets. */
  listed: { row: number; value: string | null; first: number | null }[]
}

export interface RowsCheckResult {
  /** Rows that were looked at: all but tombstones. */
  rows: number
  broken: BrokenCondition[]
}

/** One refused value. `row` counts from 1, a header not counted; `column` is null for a fault of the whole file. */
export interface RowFault {
  row: number
  column: string | null
  value: string | null
  rule: string
  reason: string
}

export interface WrittenFile {
  path: string
  rows: number
  tombstones: number
  bytes: number
  sha256: string
  minEventTimeMicros: bigint | null
  maxEventTimeMicros: bigint | null
}

export interface WriteResult {
  /** Null when nothing was written: refused, or no rows. */
  file: WrittenFile | null
  rejectedRows: number
  faults: RowFault[]
  /** Columns of the file that were left out because `unknown` is `ignore`. */
  ignoredColumns: string[]
}

/** The newest row of one key in one file, ready for the online store. */
export interface LatestRow {
  /** As `encodeEntityKey` writes it. */
  entityKey: string
  /** RFC 3339 UTC with six digits. */
  eventTime: string
  deleted: boolean
  /** Fragments of the features in declared order, joined by U+001F; null for a tombstone. */
  values: string | null
}

/** Neighbouring files of one history, those of one commit together. */
export interface MergeRequest {
  schema: HistorySchema
  files: HistoryFile[]
  /** Where the file goes: absolute or relative to ALMANAC_HOME. It appears whole or not at all. */
  destination: string
}

/** One of `of` parts of all keys. */
export interface KeySlice {
  index: number
  of: number
}

export interface NewestRequest {
  history: History
  /** Event times later than `fromMicros` (null: all) and up to `untilMicros`. */
  fromMicros: bigint | null
  untilMicros: bigint
  /** Only keys that stand in this history, with a row of these event times where they are stated. */
  keysOf?: History
  keysBetween?: { afterMicros: bigint; untilMicros: bigint }
  slice?: KeySlice
}

/** The newest row of one key of a history, and the `created` of its commit (RFC 3339). */
export interface NewestRow extends LatestRow {
  created: string
}

/** The rows for which a join finds values; checked when it was staged or opened. */
export interface Spine {
  path: string
  format: FileFormat
  /** All columns in their order, the timestamp column among them. */
  columns: Column[]
  timestampColumn: string
  rows: number
  /** The latest of its times; null without rows, absent when nobody looked. */
  latestMicros?: bigint | null
  /** Removes the file when it was made for this spine alone. */
  dispose: () => Promise<void>
}

export interface SpineRows {
  rows: Record<string, unknown>[]
  timestampColumn: string
  /** Types of the spine columns that serve as keys. */
  keys: Column[]
}

export interface SpineFile {
  /** A whole file; it is not removed. */
  path: string
  format: FileFormat
  timestampColumn: string
  keys: Column[]
}

export interface JoinGroup {
  history: History
  /** Key column of the group → spine column. */
  keys: Record<string, string>
  ttlSeconds: number | null
  sourceDelaySeconds: number
}

export interface JoinRequest {
  spine: Spine
  groups: JoinGroup[]
  /** Answer columns in the order asked: `group` is an index into `groups`, `as` the column's name in the answer. */
  outputs: { group: number; feature: string; as: string }[]
  /** Only rows committed at or before this instant; `event`: at or before each row's own time; null: all. */
  knownAt: bigint | 'event' | null
}

export interface RangeRequest {
  history: History
  /** Names of features, in the order asked. Keys and event time always come first. */
  features: string[]
  /** Both inclusive; null is open. */
  startMicros: bigint | null
  endMicros: bigint | null
  /** Only the newest row of each key within the range; a key whose newest is a tombstone is left out. */
  latest: boolean
  /** Only rows committed at or before this instant. */
  knownAtMicros: bigint | null
  /** Appends `_created`, `_commit`, `_row`. */
  systemColumns: boolean
  limit: number | null
}

export interface HistoryRowsRequest {
  history: History
  /** Canonical key values in the order of the schema's keys; null: rows of every key. */
  key: CanonicalValue[] | null
  /** Only the newest row of each key. */
  latest: boolean
  limit: number
}

/** One row of the history with its fragments by column name; for pages. */
export interface HistoryRow {
  eventTime: string
  created: string
  commit: string
  row: number
  deleted: boolean
  /** JSON text per key and feature, in the schema's order (null for a tombstone's features). */
  keys: string[]
  features: (string | null)[]
}

export type AnswerFormat = 'parquet' | 'arrow' | 'csv' | 'ndjson' | 'json'

/** Columns that are known before anything runs, and the bytes in any format. */
export interface Answer {
  columns: Column[]
  /**
   * Runs the read. Resolves when the first bytes are there, so that a failure before is a rejection; a failure
   * after destroys the stream with an error. `int64AsString` holds for JSON and NDJSON.
   */
  open: (
    format: AnswerFormat,
    options?: { signal?: AbortSignal; int64AsString?: boolean },
  ) => Promise<Readable>
}

export interface ProfileRequest {
  source: History | { path: string; format: FileFormat; columns: Column[] }
  /** Names of the columns to profile. */
  columns: string[]
  /** Event time window [from, to); null is open. */
  fromMicros: bigint | null
  toMicros: bigint | null
  /** Interior edges per numeric column; columns without get 20 bins of equal width between min and max. */
  edges?: Record<string, number[]>
}

/** Counts of one column. Numbers are null where they are undefined (no finite value, not a number). */
export interface ColumnProfile {
  name: string
  type: FeatureType
  rows: number
  nulls: number
  nan: number
  positiveInfinity: number
  negativeInfinity: number
  distinct: number
  /** As numbers for numeric types. */
  min: number | null
  max: number | null
  mean: number | null
  /** Sum of squared deviations from the mean, of finite values. */
  m2: number | null
  /** Sample standard deviation, of finite values. */
  standardDeviation: number | null
  /** Type-7 quantiles at 0.1 … 0.9 of finite values. */
  deciles: number[] | null
  /** counts[i] belongs to (edges[i−1], edges[i]], open at both ends: one more count than edges. */
  histogram: { edges: number[]; counts: number[] } | null
  /** Most frequent values first, as JSON text. */
  top: { value: string; count: number }[]
  trues: number | null
  /** Least and greatest value as JSON text, for every ordered type. */
  least: string | null
  greatest: string | null
}

export interface Profile {
  rows: number
  tombstones: number
  minEventTimeMicros: bigint | null
  maxEventTimeMicros: bigint | null
  columns: ColumnProfile[]
}

export interface InferredColumn {
  name: string
  type: FeatureType
  nulls: number
  distinct: number
  /** First values as texts, at most 5. */
  examples: string[]
}

export interface InferredFile {
  rows: number
  columns: InferredColumn[]
  /** Columns which could be a primary key together with the event time, the likeliest first. */
  keyCandidates: string[][]
  /** The likeliest event-time column, or null. */
  eventTimeColumn: string | null
  profiles: ColumnProfile[]
}

/** Some rows of a source, by their numbers from 1. */
export interface RawRowsRequest {
  source: Extract<WriteSource, { kind: 'staged' | 'file' }>
  schema: WriteSchema
  rows: number[]
}

/**
 * The offline store: histories as immutable files, read through an engine in a process of its own.
 * Every method throws DomainError `unavailable` while the engine is away; other failures of the engine are defects.
 */
export interface OfflineStore {
  /** Writes one history file, sorted by key and time. Faults of the data are in the result, not thrown. */
  write: (request: WriteRequest, signal?: AbortSignal) => Promise<WriteResult>
  /** What only all rows of a batch together can break. */
  checkWhole: (request: WholeRequest, signal?: AbortSignal) => Promise<WholeResult>
  /** What single rows of written files break of conditions that look at several columns, or that only warn. */
  checkRows: (request: RowsCheckRequest, signal?: AbortSignal) => Promise<RowsCheckResult>
  /** Rows of a user's Parquet file, as it says itself. Throws `not_parseable` when it is none. */
  rowsOfParquet: (path: string, signal?: AbortSignal) => Promise<number>
  /** Rows of a source as they came, by number: every column as the JSON value that means the same to the codec. */
  rawRows: (request: RawRowsRequest, signal?: AbortSignal) => Promise<Map<number, Record<string, unknown>>>
  /** The newest row of each key in one file (event time, tombstone before row, later row), in batches. */
  latestPerKey: (path: string, schema: HistorySchema, signal?: AbortSignal) => AsyncIterable<LatestRow[]>
  /** The newest row of each key of a history, tombstones among them, in batches. */
  newestPerKey: (request: NewestRequest, signal?: AbortSignal) => AsyncIterable<NewestRow[]>
  /** Writes one file with every row of several, which answers every read as they do. */
  merge: (request: MergeRequest, signal?: AbortSignal) => Promise<WrittenFile>
  /** Each key of a history once, as `encodeEntityKey` writes it. */
  entityKeys: (history: History, slice?: KeySlice, signal?: AbortSignal) => Promise<string[]>
  /** Checks and stages the spine of a JSON body. Throws `invalid` naming row and column. */
  stageSpine: (spine: SpineRows) => Promise<Spine>
  /** Checks the spine of a file. Throws `invalid` naming row and column. */
  openSpine: (spine: SpineFile, signal?: AbortSignal) => Promise<Spine>
  /** Point-in-time join: one answer row per spine row, in its order. Throws `invalid` on clashing names. */
  join: (request: JoinRequest) => Answer
  /** All rows of one history between two instants, ordered by event time, key, created and row. */
  range: (request: RangeRequest) => Answer
  /** The newest rows of a history, or of one key, latest first; tombstones among them. */
  rows: (request: HistoryRowsRequest, signal?: AbortSignal) => Promise<HistoryRow[]>
  profile: (request: ProfileRequest, signal?: AbortSignal) => Promise<Profile>
  /** Types, keys and time that a user's file seems to have, with its statistics. Throws `invalid` when unreadable. */
  infer: (path: string, format: FileFormat, signal?: AbortSignal) => Promise<InferredFile>
}
