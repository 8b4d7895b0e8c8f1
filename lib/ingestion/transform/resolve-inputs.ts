import { isAbsolute, join, normalize } from 'node:path'
import { authorize } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { DomainError } from '@/lib/core/errors'
import { type FileFormat, historyOf, type InputRelation } from '@/lib/offline'
import { getSource, resolveVersion } from '@/lib/registry'

/** File sources lie below this folder of ALMANAC_HOME: beside it are every group's histories and the database. */
const sourcesFolder = 'sources'

const formats: Record<string, FileFormat> = { parquet: 'parquet', csv: 'csv', ndjson: 'ndjson' }

const refuse = (source: string, why: string) =>
  new DomainError('conflict', `The transformation cannot read source \`${source}\`: ${why}`)

function fileRelation(name: string, config: Record<string, unknown>): InputRelation {
  const format = formats[String(config.format)]
  if (!format) throw refuse(name, 'its `format` is not parquet, csv or ndjson.')
  const path = typeof config.path === 'string' ? normalize(config.path) : ''
  if (path === '' || path === '.' || isAbsolute(path) || path.startsWith('..')) {
    throw refuse(name, `its \`path\` must be relative to ALMANAC_HOME/${sourcesFolder} and stay inside.`)
  }
  return { name, path: join(env().home, sourcesFolder, path), format }
}

async function groupRelation(ctx: Context, name: string): Promise<InputRelation> {
  const version = await resolveVersion(ctx, { group: name })
  await authorize(ctx, 'group:read_offline', version.resource)
  return { name, history: await historyOf(version) }
}

async function relationOf(ctx: Context, name: string): Promise<InputRelation> {
  try {
    const { kind, config } = await getSource(ctx, name)
    if (kind !== 'file') throw refuse(name, `sources of kind ${kind} hold no files.`)
    return fileRelation(name, config)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return groupRelation(ctx, name)
    throw error
  }
}

/** What the names in a transformation's SQL stand for: data sources, else feature groups the caller may read. */
export const resolveInputs = (ctx: Context, names: readonly string[]): Promise<InputRelation[]> =>
  Promise.all(names.map((name) => relationOf(ctx, name)))
