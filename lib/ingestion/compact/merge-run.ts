import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { commitFiles, mergedFiles } from '@/db/schema'
import { formatTimestamp, parseEventTime } from '@/lib/core/feature-type'
import { newId } from '@/lib/core/ids'
import { offlineStore, type WrittenFile } from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import { holdGroup } from '../group-lock'
import { announce, historyPath, removeFile, stagingPath } from '../staging'
import type { Mergeable } from './plan-runs'

const microsOf = (instant: string): bigint => parseEventTime(instant) ?? 0n
const timeText = (micros: bigint | null) => (micros === null ? null : formatTimestamp(micros))

function writeMerged(version: ServingVersion, run: Mergeable[], destination: string, signal: AbortSignal) {
  const schema = { keys: version.keys, eventTime: version.timestampKey, features: version.features }
  const files = run.map(({ kind, id, path, first, last }) => ({
    path,
    commit: id,
    createdMicros: microsOf(last),
    ...(kind === 'merged' ? { firstMicros: microsOf(first) } : {}),
  }))
  return offlineStore().merge({ schema, files, destination }, signal)
}

/** Marks what the merged file replaces. False when any of it was replaced in the meantime. */
async function replaceSources(tx: Transaction, run: Mergeable[], id: string): Promise<boolean> {
  const ids = (kind: Mergeable['kind']) => run.filter((file) => file.kind === kind).map((file) => file.id)
  const replaced = { mergedInto: id, mergedAt: sql`now()` }
  const single = await tx
    .update(commitFiles)
    .set(replaced)
    .where(and(inArray(commitFiles.commitId, ids('single')), isNull(commitFiles.mergedInto)))
    .returning({ path: commitFiles.path })
  const merged = await tx
    .update(mergedFiles)
    .set(replaced)
    .where(and(inArray(mergedFiles.id, ids('merged')), isNull(mergedFiles.mergedInto)))
    .returning({ path: mergedFiles.path })
  return single.length + merged.length === run.length
}

async function insertMerged(
  tx: Transaction,
  version: ServingVersion,
  run: Mergeable[],
  file: WrittenFile,
  { id, path }: { id: string; path: string },
): Promise<void> {
  const [covered] = await tx
    .select({ commits: sql<number>`count(distinct ${commitFiles.commitId})::int` })
    .from(commitFiles)
    .where(eq(commitFiles.mergedInto, id))
  const earlier = await tx
    .select({ commits: sql<number>`coalesce(sum(${mergedFiles.commits}), 0)::int` })
    .from(mergedFiles)
    .where(eq(mergedFiles.mergedInto, id))
  const firsts = run.map(({ first }) => first).sort()
  await tx.insert(mergedFiles).values({
    id,
    versionId: version.versionId,
    environment: version.environment,
    path,
    firstCreated: firsts[0] ?? '',
    lastCreated: run.at(-1)?.last ?? '',
    commits: (covered?.commits ?? 0) + (earlier[0]?.commits ?? 0),
    rows: file.rows,
    bytes: file.bytes,
    sha256: file.sha256,
    minEventTime: timeText(file.minEventTimeMicros),
    maxEventTime: timeText(file.maxEventTimeMicros),
  })
}

class Overtaken extends Error {}

/**
 * Puts one file in the place of a run of neighbours. Reads that began before go on with the old files, which stay for
 * a while. False, with nothing changed, when another merge was faster.
 */
export async function mergeRun(
  version: ServingVersion,
  run: Mergeable[],
  signal: AbortSignal,
): Promise<boolean> {
  const id = newId()
  const staged = await stagingPath('parquet')
  const path = historyPath(version.environment, version.groupName, version.major, `merged-${id}`, 0)
  let moved = false
  let files: Awaited<ReturnType<typeof announce>> | null = null
  try {
    const file = await writeMerged(version, run, staged, signal)
    const intent = await announce(id, [{ from: staged, to: path }])
    files = intent
    await withTransaction(async (tx) => {
      await holdGroup(tx, version)
      if (!(await replaceSources(tx, run, id))) throw new Overtaken()
      await insertMerged(tx, version, run, file, { id, path })
      // Last, since a failure after it leaves a file that only the next sweep removes.
      moved = true
      await intent.move()
    })
  } catch (error) {
    await removeFile(staged)
    if (!moved) await files?.done()
    if (error instanceof Overtaken) return false
    throw error
  }
  await files.done()
  return true
}
