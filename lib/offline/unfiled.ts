import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { and, asc, eq } from 'drizzle-orm'
import { db, type Executor, outsideTransaction, withTransaction } from '@/db/client'
import { commitFiles, unfiledCommits } from '@/db/schema'
import { formatTimestamp } from '@/lib/core/feature-type'
import { singleton } from '@/lib/core/singleton'
import { absolute } from './duckdb/history'
import { syncFolder } from './duckdb/write'
import { offlineStore } from './offline-store'
import type { WriteSchema, WrittenFile } from './port'
import { stagingPath } from './staging-path'

type Unfiled = typeof unfiledCommits.$inferSelect

/** Small commits of a version whose rows are in no file yet, as a transaction sees them; oldest first. */
export const unfiledOf = (executor: Executor, place: { versionId: string; environment: string }) =>
  executor
    .select({
      commit: unfiledCommits.commitId,
      path: unfiledCommits.path,
      created: unfiledCommits.created,
    })
    .from(unfiledCommits)
    .where(
      and(eq(unfiledCommits.versionId, place.versionId), eq(unfiledCommits.environment, place.environment)),
    )
    .orderBy(asc(unfiledCommits.created))

const timeText = (micros: bigint | null) => (micros === null ? null : formatTimestamp(micros))

async function find(id: string): Promise<Unfiled | null> {
  const [found] = await outsideTransaction(() =>
    withTransaction((tx) => tx.select().from(unfiledCommits).where(eq(unfiledCommits.commitId, id))),
  )
  return found ?? null
}

/** The rows were checked when they came; nothing of them can be refused. */
async function written({ commitId, schema, lines, rows }: Unfiled): Promise<WrittenFile> {
  const staged = await stagingPath('rows')
  try {
    await writeFile(staged, lines)
    const { file } = await offlineStore().write({
      source: { kind: 'staged', path: staged },
      // What the commit wrote there.
      schema: schema as WriteSchema,
      destination: await stagingPath('parquet'),
      mode: 'strict',
      unknown: 'refuse',
      latestMicros: null,
      maximumFaults: 1,
    })
    if (file?.rows !== rows)
      throw new Error(`Of the ${rows} rows of ${commitId}, ${file?.rows ?? 0} were filed.`)
    return file
  } finally {
    await rm(staged, { force: true })
  }
}

/** The file takes the place of the rows in one transaction; of two that write it, one wins, and its file is the one there. */
const replace = ({ commitId, path }: Unfiled, file: WrittenFile) =>
  outsideTransaction(() =>
    withTransaction(async (tx) => {
      const own = eq(unfiledCommits.commitId, commitId)
      const taken = await tx.delete(unfiledCommits).where(own).returning({ id: unfiledCommits.commitId })
      if (taken.length === 0) return
      await tx.insert(commitFiles).values({
        commitId,
        path,
        rows: file.rows,
        bytes: file.bytes,
        sha256: file.sha256,
        minEventTime: timeText(file.minEventTimeMicros),
        maxEventTime: timeText(file.maxEventTimeMicros),
      })
      // Last: after a failure from here on the rows are still there, and filed anew to the same place.
      await rename(absolute(file.path), absolute(path))
      await syncFolder(dirname(absolute(path)))
    }),
  )

async function fileOne(id: string): Promise<void> {
  const commit = await find(id)
  if (!commit) return void waiting.delete(id)
  await mkdir(dirname(absolute(commit.path)), { recursive: true })
  const file = await written(commit)
  try {
    await replace(commit, file)
    waiting.delete(id)
  } finally {
    await rm(absolute(file.path), { force: true })
  }
}

/** Commits of this process that wait for their file. */
const waiting = singleton('unfiled', () => new Set<string>())
/** A read that comes then waits for these at most. */
const mostWaiting = 100

export const noteUnfiled = (commit: string): void => void waiting.add(commit)

/** So many commits wait for their file that further ones had better bring theirs. */
export const manyUnfiled = (): boolean => waiting.size >= mostWaiting

const running = singleton('filing', () => new Map<string, Promise<void>>())

/**
 * Makes files of small commits' rows; when it resolves, each of them is one. Needs no lock of the group: the commits are
 * made, and where their files will be is settled.
 */
export async function fileCommits(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const own =
      running.get(id) ??
      fileOne(id).finally(() => {
        running.delete(id)
      })
    running.set(id, own)
    await own
  }
}

/** Files what waits of one version. */
export async function fileVersion(place: { versionId: string; environment: string }): Promise<void> {
  await fileCommits((await unfiledOf(db(), place)).map(({ commit }) => commit))
}

const mostAtOnce = 1000

/** Files what waits, of every version, oldest first. Returns how many commits it were. */
export async function fileWaiting(): Promise<number> {
  const rows = await db()
    .select({ id: unfiledCommits.commitId })
    .from(unfiledCommits)
    .orderBy(asc(unfiledCommits.created))
    .limit(mostAtOnce)
  await fileCommits(rows.map(({ id }) => id))
  return rows.length
}
