import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '@/lib/core/env'
import { execute, queryRows } from '../engine-client'
import type { WriteSource } from '../port'
import { exactParquet } from '../protocol'
import { checkSelect } from './check-select'
import { inputRelation } from './input-relation'
import { selectFailure } from './select-error'
import { type SourceType, sourceType } from './source-type'
import { identifier, text } from './sql'

export interface SelectedColumn {
  name: string
  typeName: string
  type: SourceType
}

type SelectSource = Extract<WriteSource, { kind: 'select' }>

/** A new path in the staging folder. */
export async function stagingPath(extension: string): Promise<string> {
  const folder = join(env().home, 'staging')
  await mkdir(folder, { recursive: true })
  // Ingestion's sweep knows by this name whose file it was.
  return join(folder, `ingest-${process.pid}-${randomUUID()}.${extension}`)
}

/**
 * Runs a transformation's SELECT once and keeps its rows in a file of its own, so that checking and writing see the
 * same rows. Throws SelectError with what the engine says when the SQL is wrong. The caller removes the file.
 */
export async function materializeSelect(source: SelectSource, signal?: AbortSignal): Promise<string> {
  await checkSelect(source, signal)
  const path = await stagingPath('parquet')
  const before = 'COPY (\n'
  const copy = `${before}${source.sql.replace(/;\s*$/, '')}\n) TO ${text(path)} (${exactParquet})`
  try {
    await execute([...inputViews(source), copy], signal)
    return path
  } catch (error) {
    await rm(path, { force: true })
    throw selectFailure(error, copy, before.length)
  }
}

/** Names and types of a SELECT's result, without running it. Throws SelectError as materializeSelect. */
export async function describeSelect(source: SelectSource, signal?: AbortSignal): Promise<SelectedColumn[]> {
  await checkSelect(source, signal)
  const before = 'DESCRIBE\n'
  const describe = `${before}${source.sql}`
  try {
    // Some faults are only seen by planning the whole, which DESCRIBE of a subquery does.
    const rows = await queryRows(
      `SELECT column_name, column_type FROM (${describe})`,
      inputViews(source),
      signal,
    )
    return rows.map(([name, type]) => ({
      name: String(name),
      typeName: String(type),
      type: sourceType(String(type)),
    }))
  } catch (error) {
    throw selectFailure(error, `SELECT column_name, column_type FROM (${describe})`, shift + before.length)
  }
}

const shift = 'SELECT column_name, column_type FROM ('.length

const inputViews = ({ inputs }: SelectSource) =>
  inputs.map((input) => `CREATE TEMP VIEW ${identifier(input.name)} AS ${inputRelation(input)}`)
