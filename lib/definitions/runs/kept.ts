import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { eq } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { definitionRuns } from '@/db/schema'
import { parseJson, stringifyJson } from '@/lib/core/json'

type Row = typeof definitionRuns.$inferSelect

const [zipped, unzipped] = [promisify(gzip), promisify(gunzip)]

export const packed = async (value: unknown): Promise<Uint8Array> => zipped(stringifyJson(value))

/** What `packed` made; its caller knows of which column it is. */
export const unpacked = async <T>(bytes: Uint8Array): Promise<T> =>
  parseJson((await unzipped(bytes)).toString('utf8')) as T

export async function findRun(id: string): Promise<Row | null> {
  const [row] = await db().select().from(definitionRuns).where(eq(definitionRuns.jobId, id))
  return row ?? null
}

/** Says what came of a run; its files are done with. */
export async function endRun(
  executor: Executor,
  id: string,
  end: { outcome: unknown } | { problem: unknown },
): Promise<void> {
  const said =
    'outcome' in end ? { outcome: await packed(end.outcome) } : { problem: await packed(end.problem) }
  await executor
    .update(definitionRuns)
    .set({ ...said, input: null })
    .where(eq(definitionRuns.jobId, id))
}
