import { isAbsolute, join, normalize } from 'node:path'
import { authorize } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { DomainError } from '@/lib/core/errors'
import { type FileFormat, historyOf, type InputRelation } from '@/lib/offline'
import { assertReadable, getSource, resolveVersion, type ServingVersion } from '@/lib/registry'
import { refuseSource, type TableInput, tableInput } from '../table/table-input'

/** File sources lie below this folder of ALMANAC_HOME: beside it are every group's histories and the database. */
const sourcesFolder = 'sources'

const formats: Record<string, FileFormat> = { parquet: 'parquet', csv: 'csv', ndjson: 'ndjson' }

/** Files of a source: one, a pattern, or folders named `key=value`. */
export interface FileInput {
  kind: 'file'
  name: string
  /** Absolute path or pattern. */
  path: string
  format: FileFormat
  /** The column that holds the rows' times, where the source names it. */
  timeColumn: string | null
}

/** The rows of another group, as they are served where the run takes place. */
export interface GroupInput {
  kind: 'group'
  name: string
  version: ServingVersion
}

export type Input = FileInput | GroupInput | TableInput

function fileInput(name: string, config: Record<string, unknown>): FileInput {
  const format = formats[String(config.format)]
  if (!format) throw refuseSource(name, 'its `format` is not parquet, csv or ndjson.')
  const path = typeof config.path === 'string' ? normalize(config.path) : ''
  if (path === '' || path === '.' || isAbsolute(path) || path.startsWith('..')) {
    throw refuseSource(
      name,
      `its \`path\` must be relative to ALMANAC_HOME/${sourcesFolder} and stay inside.`,
    )
  }
  const { timestamp_column: timeColumn } = config
  return {
    kind: 'file',
    name,
    path: join(env().home, sourcesFolder, path),
    format,
    timeColumn: typeof timeColumn === 'string' ? timeColumn : null,
  }
}

async function groupInput(ctx: Context, name: string): Promise<GroupInput> {
  const version = await resolveVersion(ctx, { group: name })
  await authorize(ctx, 'group:read_offline', version.resource)
  assertReadable(ctx, version)
  return { kind: 'group', name, version }
}

async function inputOf(ctx: Context, name: string): Promise<Input> {
  try {
    const { kind, config } = await getSource(ctx, name)
    if (kind === 'table') return tableInput(name, config)
    if (kind === 'file') return fileInput(name, config)
    throw refuseSource(name, `sources of kind ${kind} hold no rows that can be asked for.`)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return groupInput(ctx, name)
    throw error
  }
}

/** What the names in a transformation's SQL mean: data sources, else feature groups that the caller may read. */
export const resolveInputs = (ctx: Context, names: readonly string[]): Promise<Input[]> =>
  Promise.all(names.map((name) => inputOf(ctx, name)))

/** What the engine reads for an input, as it stands now; a table has to be fetched first: `withRelations`. */
export async function relationOf(input: FileInput | GroupInput): Promise<InputRelation> {
  const { name } = input
  if (input.kind === 'group') return { name, history: await historyOf(input.version) }
  return { name, path: input.path, format: input.format }
}
