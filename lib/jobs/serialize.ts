import { isoOfDatabaseTime } from '@/lib/online'
import type { JobRow } from '@/lib/queue'
import type { JobResource } from './operations'

const instant = (value: string | null) => (value === null ? null : isoOfDatabaseTime(value))

export const serializeJob = (row: JobRow, nameOf: (id: string) => string): JobResource => ({
  id: row.id,
  kind: row.kind,
  title: row.title ?? row.kind,
  state: row.state,
  resource: { kind: row.resourceKind ?? 'system', name: row.resourceName ?? '' },
  environment: row.environment,
  progress: row.progress,
  cancel_requested: row.cancelRequestedAt !== null,
  attempts: row.attempts,
  result: row.result,
  error: row.error,
  by: nameOf(row.createdBy),
  created_at: isoOfDatabaseTime(row.createdAt),
  started_at: instant(row.startedAt),
  finished_at: instant(row.finishedAt),
})
