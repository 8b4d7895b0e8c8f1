import { DomainError } from '@/lib/core/errors'
import { fragmentSeparator } from '@/lib/core/feature-type'
import {
  type HistoryFile,
  type HistoryRow,
  offlineStore,
  type WriteSchema,
  type WrittenFile,
} from '@/lib/offline'
import type { OnlineRow } from '@/lib/online'
import type { FaultLog } from './faults'
import { mostRowsInTransaction } from './newest-rows'
import type { IngestAnswer } from './operations'
import type { RowPlan } from './row-plan'

export interface UnfiledRows extends Omit<WrittenFile, 'path' | 'bytes' | 'sha256'> {
  schema: WriteSchema
  /** Lines of a staged file. */
  lines: string
}

/** A batch as it waits for its transaction: its files are written and checked, nothing of it can be read yet. */
export interface StagedBatch {
  log: FaultLog
  /** Rows whose time has come, in staging: files in the order of their rows. */
  present: WrittenFile[]
  /** Rows of the nearer future. */
  future: WrittenFile[]
  /** The newest present row of each key; null: too many for one transaction, they are read from the file later. */
  newest: OnlineRow[] | null
  /** Each future row, to go online when its time comes. */
  due: OnlineRow[]
  /** Few rows that are in no file yet: their commit keeps them, and they become one afterwards. */
  unfiled?: UnfiledRows
  /** What it breaks of terms that only warn. */
  warnings?: IngestAnswer['warnings']
}

/** A batch of which nothing is kept. */
export const refusedBatch = (log: FaultLog): StagedBatch => ({
  log,
  present: [],
  future: [],
  newest: [],
  due: [],
})

const mostFutureRows = 100_000

/** Future rows wait one by one in the registry, so a batch may bring so many, in any format. Throws `invalid`. */
export function requireFewFutureRows(count: number): void {
  if (count <= mostFutureRows) return
  const reason = `More than ${mostFutureRows} rows lie in the future; send them when their time has come.`
  throw new DomainError('invalid', reason)
}

/** The newest row of each key of a written file; null when the file has too many rows for one transaction. */
export async function newestOfFile(
  plan: RowPlan,
  file: WrittenFile | null,
  signal: AbortSignal,
): Promise<OnlineRow[] | null> {
  if (!file) return []
  if (file.rows > mostRowsInTransaction) return null
  const newest: OnlineRow[] = []
  for await (const batch of offlineStore().latestPerKey(file.path, plan.schema, signal)) {
    for (const { entityKey, eventTime, deleted, values } of batch)
      newest.push({ entityKey, eventTime, deleted, v: values ?? '' })
  }
  return newest
}

const historyOf = (path: string): HistoryFile => ({ path, commit: 'staged', createdMicros: 0n })

export const onlineRowOfHistory = ({ keys, features, eventTime, deleted }: HistoryRow): OnlineRow => ({
  entityKey: keys.join(fragmentSeparator),
  eventTime,
  deleted,
  v: deleted ? '' : features.map((fragment) => fragment ?? 'null').join(fragmentSeparator),
})

/** Every row of written files of future rows in their order of arrival, as it will stand online. */
export async function rowsOfFiles(
  plan: RowPlan,
  files: WrittenFile[],
  signal: AbortSignal,
): Promise<OnlineRow[]> {
  const count = files.reduce((sum, { rows }) => sum + rows, 0)
  if (count === 0) return []
  requireFewFutureRows(count)
  const history = { schema: plan.schema, files: files.map(({ path }) => historyOf(path)) }
  const rows = await offlineStore().rows({ history, key: null, latest: false, limit: count }, signal)
  return [...rows].sort((a, b) => a.row - b.row).map(onlineRowOfHistory)
}
