import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { exactParquet, execute, sqlText } from '@/lib/offline'
import { emptyFolder, filesFolder, workFolder } from './folders'
import type { Prepared } from './prepare'
import type { DatasetFile } from './types'

export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, signal ? { signal } : {})
  return hash.digest('hex')
}

const allRows = 'all.parquet'

/** Cuts the rows into the files they were ordered for. */
async function divide(
  folder: string,
  files: { name: string; rows: number }[],
  signal: AbortSignal,
): Promise<void> {
  const all = sqlText(join(folder, allRows))
  let offset = 0
  for (const { name, rows } of files) {
    await execute(
      [
        `COPY (SELECT * FROM read_parquet(${all}) LIMIT ${rows} OFFSET ${offset}) TO ${sqlText(join(folder, name))} (${exactParquet}, COMPRESSION zstd)`,
      ],
      signal,
    )
    offset += rows
  }
  await rm(join(folder, allRows))
}

export interface WrittenFiles {
  folder: string
  files: DatasetFile[]
  paths: string[]
}

/** Runs the join and writes its rows into a folder that nobody reads yet. The caller publishes or removes it. */
export async function writeFiles(
  prepared: Prepared,
  dataset: { name: string; version: number },
  signal: AbortSignal,
): Promise<WrittenFiles> {
  const folder = await emptyFolder(workFolder(dataset.name, dataset.version))
  const { files } = prepared.bound
  const [only] = files
  const single = files.length === 1 && only ? only.name : allRows
  const stream = await prepared.answer.open('parquet', { signal })
  await pipeline(stream, createWriteStream(join(folder, single), { flags: 'wx' }), { signal })
  if (files.length > 1) await divide(folder, files, signal)
  const written: DatasetFile[] = []
  for (const { name, rows } of files) {
    const path = join(folder, name)
    const { size } = await stat(path)
    written.push({ name, rows, bytes: size, sha256: await sha256OfFile(path, signal) })
  }
  return { folder, files: written, paths: written.map(({ name }) => join(folder, name)) }
}

/** The files become readable, all at once, together with what `save` writes; without it they are gone again. */
export async function publishing(
  dataset: { name: string; version: number },
  save: () => Promise<void>,
): Promise<void> {
  const final = filesFolder(dataset.name, dataset.version)
  await rm(final, { recursive: true, force: true })
  await rename(workFolder(dataset.name, dataset.version), final)
  try {
    await save()
  } catch (error) {
    await rm(final, { recursive: true, force: true })
    throw error
  }
}

export const discardFiles = (dataset: { name: string; version: number }): Promise<void> =>
  rm(workFolder(dataset.name, dataset.version), { recursive: true, force: true })
