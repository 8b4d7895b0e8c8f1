import { queryRows } from '../engine-client'
import type { FileFormat } from '../port'
import { filesRelation } from './input-relation'
import { identifier, text } from './sql'

/** The least and greatest time of one file; null where it holds none. */
export interface FileTimes {
  path: string
  minMicros: bigint | null
  maxMicros: bigint | null
}

/** Absolute paths of the files that a path or pattern means now. */
export async function filesMatching(pattern: string, signal?: AbortSignal): Promise<string[]> {
  const rows = await queryRows(`SELECT file FROM glob(${text(pattern)}) ORDER BY file`, [], signal)
  return rows.map(([file]) => String(file))
}

const isTime = (type: unknown) => /^(TIMESTAMP|DATE)/.test(String(type))

async function timeColumn(relation: string, named: string | null, signal?: AbortSignal) {
  const described = await queryRows(`SELECT column_name, column_type FROM (DESCRIBE ${relation})`, [], signal)
  const names = described.map(([name]) => String(name))
  if (named !== null) return names.includes(named) ? named : null
  const times = described.filter(([, type]) => isTime(type))
  return times.length === 1 ? String(times[0]?.[0]) : null
}

const micros = (value: unknown) =>
  typeof value === 'number' || typeof value === 'bigint' ? BigInt(value) : null

/**
 * Which times the files hold, in the column of this name, else in the only one that is a time; without such a column
 * every bound is null. Throws EngineError when a file cannot be read.
 */
export async function timesOfFiles(
  paths: readonly string[],
  format: FileFormat,
  named: string | null,
  signal?: AbortSignal,
): Promise<FileTimes[]> {
  if (paths.length === 0) return []
  const column = await timeColumn(filesRelation(paths, format), named, signal)
  if (column === null) return paths.map((path) => ({ path, minMicros: null, maxMicros: null }))
  const time = `TRY_CAST(${identifier(column)} AS TIMESTAMP)`
  const found = await queryRows(
    `SELECT filename, epoch_us(min(${time})), epoch_us(max(${time})) FROM (${filesRelation(paths, format, { named: true })}) GROUP BY filename`,
    [],
    signal,
  )
  const byPath = new Map(
    found.map(([path, min, max]) => [String(path), { min: micros(min), max: micros(max) }]),
  )
  return paths.map((path) => {
    const bounds = byPath.get(path)
    return { path, minMicros: bounds?.min ?? null, maxMicros: bounds?.max ?? null }
  })
}
