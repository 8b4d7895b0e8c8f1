import { offlineStore, type WriteRequest, type WriteSource, type WrittenFile } from '@/lib/offline'
import { mostRowsInTransaction } from './newest-rows'
import type { StageOptions } from './stage-options'
import { newestOfFile, rowsOfFiles, type StagedBatch } from './staged-batch'
import { removeFile, stagingPath } from './staging'

/** Sorting and writing that many rows takes a few hundred megabytes; a larger batch becomes several files. */
export const rowsAFile = 1_000_000

/** The rows of a written file that a condition on its columns selects, as a file of its own. */
async function part({ plan, signal }: StageOptions, file: WrittenFile, condition: string) {
  const source: WriteSource = {
    kind: 'select',
    sql: `select * from written where ${condition} order by _row`,
    inputs: [{ name: 'written', path: file.path, format: 'parquet' }],
  }
  const request: WriteRequest = {
    source,
    schema: plan.schema,
    destination: await stagingPath('parquet'),
    mode: 'strict',
    unknown: 'ignore',
    latestMicros: null,
    maximumFaults: 1,
  }
  return (await offlineStore().write(request, signal)).file
}

/** The files that a batch has at the moment; what is not among them at the end is removed. */
export class WrittenFiles {
  all: WrittenFile[] = []

  add(file: WrittenFile | null): void {
    if (file) this.all.push(file)
  }

  async replace(file: WrittenFile, by: WrittenFile | null): Promise<void> {
    this.all = this.all.flatMap((one) => (one === file ? (by ?? []) : one))
    await removeFile(file.path)
  }

  async discard(): Promise<void> {
    for (const { path } of this.all) await removeFile(path)
    this.all = []
  }
}

/** Leaves out rows that were found to be bad after they were written. */
export async function withoutRows(options: StageOptions, files: WrittenFiles, rows: number[]): Promise<void> {
  if (rows.length === 0) return
  for (const file of [...files.all])
    await files.replace(file, await part(options, file, `_row not in (${rows.join(', ')})`))
}

/** Rows of the nearer future go into files of their own. */
async function splitAtNow(options: StageOptions, files: WrittenFiles): Promise<WrittenFile[]> {
  const { plan, nowMicros } = options
  const future: WrittenFile[] = []
  const time = `epoch_us("${plan.schema.eventTime.replaceAll('"', '""')}")`
  try {
    for (const file of [...files.all]) {
      if ((file.maxEventTimeMicros ?? nowMicros) <= nowMicros) continue
      const later = await part(options, file, `${time} > ${nowMicros}`)
      if (later) future.push(later)
      await files.replace(file, await part(options, file, `${time} <= ${nowMicros}`))
    }
    return future
  } catch (error) {
    for (const { path } of future) await removeFile(path)
    throw error
  }
}

/** Present and future rows of checked files, ready for their transaction. */
export async function batchOf(
  options: StageOptions,
  files: WrittenFiles,
  log: StagedBatch['log'],
): Promise<StagedBatch> {
  const { plan, signal } = options
  const future = await splitAtNow(options, files)
  try {
    const due = await rowsOfFiles(plan, future, signal)
    const present = files.all
    const rows = present.reduce((sum, file) => sum + file.rows, 0)
    const newest = rows > mostRowsInTransaction ? null : await newestOfFile(plan, present[0] ?? null, signal)
    return { log, present, future, newest, due }
  } catch (error) {
    for (const { path } of future) await removeFile(path)
    throw error
  }
}
