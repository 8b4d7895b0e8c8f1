import { db, type Executor } from '@/db/client'
import { type ColumnProfile, offlineStore, queryRows, sqlText } from '@/lib/offline'
import { readProfiles, saveProfiles } from '@/lib/profiles'
import { typedColumns } from './relation'
import type { DatasetColumn, DatasetVersion } from './types'

/** Rises when the meaning of what is stored changes. */
const format = 1

/** Counts every column of the files at `paths`, which are read as one. */
export async function countColumns(
  paths: readonly string[],
  columns: readonly DatasetColumn[],
  whole: string,
  signal?: AbortSignal,
): Promise<ColumnProfile[]> {
  const typed = typedColumns(columns)
  const [only] = paths
  const path = paths.length === 1 && only ? only : await joined(paths, whole, signal)
  const { columns: profiles } = await offlineStore().profile(
    {
      source: { path, format: 'parquet', columns: typed },
      columns: typed.map(({ name }) => name),
      fromMicros: null,
      toMicros: null,
    },
    signal,
  )
  return profiles
}

/** One file of all rows, at `whole`; the caller removes it. */
async function joined(paths: readonly string[], whole: string, signal?: AbortSignal): Promise<string> {
  const list = `[${paths.map(sqlText).join(', ')}]`
  await queryRows(
    'SELECT 1',
    [`COPY (SELECT * FROM read_parquet(${list})) TO ${sqlText(whole)} (FORMAT parquet)`],
    signal,
  )
  return whole
}

/** Kept as profiles of the side `dataset`, under the id of the dataset's version. */
export async function saveStatistics(
  executor: Executor,
  { id, environment, knownAt }: DatasetVersion,
  profiles: readonly ColumnProfile[],
): Promise<void> {
  await saveProfiles(
    executor,
    profiles.map((profile) => ({
      versionId: id,
      environment,
      feature: profile.name,
      side: 'dataset' as const,
      windowStart: null,
      windowEnd: null,
      referenceId: null,
      asOf: knownAt,
      rows: profile.rows,
      statistics: { format, profile: jsonSafe(profile) },
    })),
  )
}

/** NaN and infinities have no JSON; they are counted apart. */
const jsonSafe = (profile: ColumnProfile): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(profile, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  )

/** By column name. Empty for a version that was never finished. */
export async function statisticsOf({ id, environment }: DatasetVersion): Promise<Map<string, ColumnProfile>> {
  const rows = await readProfiles(
    { versionIds: [id], environment, side: 'dataset', span: 'whole', format },
    db(),
  )
  // Written by saveStatistics in this format alone.
  return new Map(rows.map(({ feature, statistics }) => [feature, statistics.profile as ColumnProfile]))
}
