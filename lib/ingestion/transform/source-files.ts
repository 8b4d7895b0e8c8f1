import { stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { and, eq, inArray, max, sql } from 'drizzle-orm'
import { db, type Transaction, withTransaction } from '@/db/client'
import { sourceFiles } from '@/db/schema'
import { env } from '@/lib/core/env'
import { type FileFormat, filesMatching, timesOfFiles } from '@/lib/offline'
import { isoOfDatabaseTime } from '@/lib/online'
import type { FileInput } from './resolve-inputs'
import { instantOf, microsOf } from './window-time'

interface Seen {
  path: string
  stamp: string
}

async function stampOf(path: string): Promise<Seen | null> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { path: relative(env().home, path), stamp: `${size} ${mtimeMs}` }
  } catch (error) {
    // It went between the listing and the look.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

async function changedOf(tx: Transaction, source: string, seen: Seen[]): Promise<Seen[]> {
  const known = await tx
    .select({ path: sourceFiles.path, stamp: sourceFiles.stamp })
    .from(sourceFiles)
    .where(eq(sourceFiles.source, source))
  const stamps = new Map(known.map(({ path, stamp }) => [path, stamp]))
  const present = new Set(seen.map(({ path }) => path))
  const gone = known.filter(({ path }) => !present.has(path)).map(({ path }) => path)
  if (gone.length > 0) {
    await tx.delete(sourceFiles).where(and(eq(sourceFiles.source, source), inArray(sourceFiles.path, gone)))
  }
  return seen.filter(({ path, stamp }) => stamps.get(path) !== stamp)
}

const filesAtOnce = 1000
const text = (micros: bigint | null) => (micros === null ? null : instantOf(micros))

interface Reading {
  source: string
  format: FileFormat
  timeColumn: string | null
  signal: AbortSignal
}

async function keep(tx: Transaction, reading: Reading, changed: Seen[]): Promise<void> {
  const { source, format, timeColumn, signal } = reading
  const noticedAt = sql`greatest(clock_timestamp(),
    (select max(noticed_at) from source_files where source = ${source}) + interval '1 microsecond')`
  for (let start = 0; start < changed.length; start += filesAtOnce) {
    const some = changed.slice(start, start + filesAtOnce)
    const times = await timesOfFiles(
      some.map(({ path }) => join(env().home, path)),
      format,
      timeColumn,
      signal,
    )
    const rows = some.map(({ path, stamp }, at) => ({
      source,
      path,
      stamp,
      minEventTime: text(times[at]?.minMicros ?? null),
      maxEventTime: text(times[at]?.maxMicros ?? null),
      noticedAt,
    }))
    await tx
      .insert(sourceFiles)
      .values(rows)
      .onConflictDoUpdate({
        target: [sourceFiles.source, sourceFiles.path],
        set: {
          stamp: sql`excluded.stamp`,
          minEventTime: sql`excluded.min_event_time`,
          maxEventTime: sql`excluded.max_event_time`,
          noticedAt: sql`excluded.noticed_at`,
        },
      })
  }
}

/**
 * Looks at the files of a source and remembers those that are new or changed, with the times that they hold. One
 * process does so at a time, so that the order in which files were noticed is that in which they can be seen.
 * Returns how many there are.
 */
export async function noticeFiles(source: string, input: FileInput, signal: AbortSignal): Promise<number> {
  const found = await filesMatching(input.path, signal)
  const seen = (await Promise.all(found.map(stampOf))).filter((one) => one !== null)
  const { format, timeColumn } = input
  await withTransaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`source files ${source}`}, 0))`)
    await keep(tx, { source, format, timeColumn, signal }, await changedOf(tx, source, seen))
  })
  return seen.length
}

export interface FileNews {
  /** When the last file was noticed; null without files. */
  position: string | null
  /** Bounds of the files noticed after the position that was asked for. */
  earliest: bigint | null
  latest: bigint | null
  /** The greatest time of all files. */
  reach: bigint | null
}

const micros = (value: string | null | undefined) => (value ? microsOf(isoOfDatabaseTime(value)) : null)

/** What the files of a source hold that was noticed later than `after`. */
export async function fileNews(source: string, after: string | null): Promise<FileNews> {
  const fresh = after === null ? sql`true` : sql`${sourceFiles.noticedAt} > ${after}::timestamptz`
  const [row] = await db()
    .select({
      position: max(sourceFiles.noticedAt),
      reach: max(sourceFiles.maxEventTime),
      earliest: sql<string | null>`min(${sourceFiles.minEventTime}) filter (where ${fresh})`,
      latest: sql<string | null>`max(${sourceFiles.maxEventTime}) filter (where ${fresh})`,
    })
    .from(sourceFiles)
    .where(eq(sourceFiles.source, source))
  return {
    position: row?.position ? isoOfDatabaseTime(row.position) : null,
    earliest: micros(row?.earliest),
    latest: micros(row?.latest),
    reach: micros(row?.reach),
  }
}
