import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { and, asc, eq, inArray } from 'drizzle-orm'
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

const find = (ids: readonly string[]): Promise<Unfiled[]> =>
  outsideTransaction(() =>
    db()
      .select()
      .from(unfiledCommits)
      .where(inArray(unfiledCommits.commitId, [...ids]))
      .orderBy(asc(unfiledCommits.created)),
  )

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

interface Filed {
  commit: Unfiled
  file: WrittenFile
}

const folderOf = ({ path }: Unfiled) => dirname(absolute(path))
const foldersOf = (commits: Unfiled[]) => new Set(commits.map(folderOf))

/** Files take the places of their rows in one transaction; of two that write one, one wins, and its file is the one there. */
const replace = (filed: Filed[]) =>
  outsideTransaction(() =>
    withTransaction(async (tx) => {
      const ids = filed.map(({ commit }) => commit.commitId)
      const own = inArray(unfiledCommits.commitId, ids)
      const taken = await tx.delete(unfiledCommits).where(own).returning({ id: unfiledCommits.commitId })
      const won = filed.filter(({ commit }) => taken.some(({ id }) => id === commit.commitId))
      if (won.length === 0) return
      await tx.insert(commitFiles).values(
        won.map(({ commit: { commitId, path }, file }) => ({
          commitId,
          path,
          rows: file.rows,
          bytes: file.bytes,
          sha256: file.sha256,
          minEventTime: timeText(file.minEventTimeMicros),
          maxEventTime: timeText(file.maxEventTimeMicros),
        })),
      )
      // Last: after a failure from here on the rows are still there, and filed anew to the same places.
      for (const { commit, file } of won) await rename(absolute(file.path), absolute(commit.path))
      for (const folder of foldersOf(won.map(({ commit }) => commit))) await syncFolder(folder)
    }),
  )

/** Files what can be filed of these, in one transaction; throws what kept one of them from it. */
async function fileSome(ids: readonly string[]): Promise<void> {
  const found = await find(ids)
  for (const id of ids) if (!found.some(({ commitId }) => commitId === id)) waiting.delete(id)
  if (found.length === 0) return
  for (const folder of foldersOf(found)) await mkdir(folder, { recursive: true })
  const filed: Filed[] = []
  const faults: unknown[] = []
  try {
    for (const commit of found) {
      try {
        filed.push({ commit, file: await written(commit) })
      } catch (error) {
        faults.push(error)
      }
    }
    if (filed.length > 0) await replace(filed)
    for (const { commit } of filed) waiting.delete(commit.commitId)
  } finally {
    for (const { file } of filed) await rm(absolute(file.path), { force: true })
  }
  if (faults.length > 0) throw faults[0]
}

/** Commits of this process that wait for their file. */
const waiting = singleton('unfiled', () => new Set<string>())
/** A read that comes then waits for these at most. */
const mostWaiting = 100

export const noteUnfiled = (commit: string): void => void waiting.add(commit)

/** So many commits wait for their file that further ones had better bring theirs. */
export const manyUnfiled = (): boolean => waiting.size >= mostWaiting

const running = singleton('filing', () => new Map<string, Promise<void>>())

/** So many have one transaction; who waits for one of them waits for all. */
const mostATime = 25

/**
 * Makes files of small commits' rows; when it resolves, each of them is one. Needs no lock of the group: the commits are
 * made, and where their files will be is settled.
 */
export async function fileCommits(ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += mostATime) {
    const some = ids.slice(from, from + mostATime)
    const own = some.filter((id) => !running.has(id))
    if (own.length > 0) {
      const filing = fileSome(own).finally(() => {
        for (const id of own) running.delete(id)
      })
      for (const id of own) running.set(id, filing)
    }
    await Promise.all(some.map((id) => running.get(id)))
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
