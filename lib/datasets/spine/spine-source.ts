import { copyFile, link, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { formatTimestamp, parseEventTime } from '@/lib/core/feature-type'
import { parseJson, stringifyJson } from '@/lib/core/json'
import {
  type AllowedRead,
  allowRead,
  type Column,
  type DuckDbSpine,
  instantMicros,
  openSpine,
  stageSpine,
} from '@/lib/offline'
import {
  mayDescribeFeature,
  parseGroupReference,
  readFacts,
  resolveVersion,
  type ServingVersion,
} from '@/lib/registry'
import { filesFolder, versionFolder } from '../folders'
import type { SpineInput } from '../inputs'
import { describedVersion, referencedVersion } from '../queries'
import { filesRelation, pathsOf, typedColumns } from '../relation'
import { authorizeRead } from '../rights'
import type { DatasetVersion, SpineSpec } from '../types'
import { groupSpine } from './group-spine'
import { typedSpine } from './typed-spine'
import { uploadedSpine } from './uploads'

/** Where the rows come from, found and allowed. */
export type SpineSource =
  | { kind: 'rows'; rows: Record<string, unknown>[] }
  | { kind: 'upload'; path: string; format: 'parquet' | 'csv' | 'ndjson'; name: string }
  | { kind: 'dataset'; version: DatasetVersion }
  | { kind: 'group'; read: AllowedRead; from: string | null; to: string | null }

/** A dataset as a spine gives its own spine's columns, not its features. Errors: conflict when its files are gone. */
async function ofDataset(ctx: Context, version: DatasetVersion): Promise<SpineSource> {
  await authorizeRead(ctx, version)
  if (version.state !== 'ready') {
    throw new DomainError(
      'conflict',
      `Training dataset ${version.name}@${version.version} has no files to take rows from: it is ${version.state}.`,
    )
  }
  return { kind: 'dataset', version }
}

async function ofGroup(
  ctx: Context,
  spine: { group: string; from: string | null; to: string | null },
): Promise<SpineSource> {
  const reference = parseGroupReference(spine.group)
  if (!reference)
    throw invalidField('/spine/group', `\`${spine.group.slice(0, 80)}\` is no group`, 'reference')
  const { group, version: major } = reference
  const version = await resolveVersion(
    ctx,
    { group, ...(major === null ? {} : { version: major }) },
    ctx.environment,
  )
  if (!version.features.some(({ role }) => role === 'label')) {
    const reason = `${version.groupName} has no label: rows of a group make a spine only where they say what is to be predicted.`
    throw invalidField('/spine/group', reason, 'not_a_label')
  }
  const features = version.features.filter(
    (feature) =>
      feature.role === 'feature' &&
      mayDescribeFeature(ctx, version, feature) &&
      decide(ctx, 'dataset:create', readFacts(version, [feature])).allowed,
  )
  const read = await allowRead(ctx, version, features, 'dataset:create')
  const from = instantText(spine.from, '/spine/from', false)
  const to = instantText(spine.to, '/spine/to', true)
  if (from !== null && to !== null && from > to)
    throw invalidField('/spine/from', '`from` lies after `to`.', 'range')
  return { kind: 'group', read, from, to }
}

const instantText = (text: string | null, pointer: string, end: boolean): string | null =>
  text === null ? null : formatTimestamp(instantMicros(text, pointer, end))

/** Errors: not_found, forbidden, conflict, invalid naming the member. */
export async function spineSource(ctx: Context, input: SpineInput): Promise<SpineSource> {
  if (input.kind === 'rows') return input
  if (input.kind === 'upload') return { kind: 'upload', ...(await uploadedSpine(ctx, input.upload)) }
  if (input.kind === 'dataset') return ofDataset(ctx, await referencedVersion(ctx, input.dataset))
  return ofGroup(ctx, input)
}

const rowsFile = 'spine.json'

/** Keeps what was sent along beside the dataset, so that it can be made again; says how the rest is found. */
export async function keepSpine(source: SpineSource, folder: string): Promise<SpineSpec> {
  switch (source.kind) {
    case 'rows':
      await writeFile(join(folder, rowsFile), stringifyJson(source.rows))
      return { kind: 'rows', file: rowsFile, rows: source.rows.length }
    case 'upload': {
      const file = `spine.${source.format}`
      await linkOrCopy(source.path, join(folder, file))
      return { kind: 'upload', file, format: source.format, name: source.name }
    }
    case 'dataset':
      return { kind: 'dataset', dataset: source.version.name, version: source.version.version }
    case 'group': {
      const { version, features } = source.read
      return {
        kind: 'group',
        group: version.groupName,
        version: version.major,
        columns: features.map(({ name }) => name),
        from: source.from,
        to: source.to,
      }
    }
  }
}

/** A file is never changed once it is there, so that two names may share it. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch {
    await copyFile(from, to)
  }
}

/** The source of a version that exists. Errors: conflict naming what is gone; forbidden. */
export async function keptSpineSource(
  ctx: Context,
  { spec, name, version }: DatasetVersion,
): Promise<SpineSource> {
  const { spine } = spec
  if (spine.kind === 'rows') {
    const rows = parseJson(await readFile(join(versionFolder(name, version), spine.file), 'utf8'))
    // Written by keepSpine from rows that were checked.
    return { kind: 'rows', rows: rows as Record<string, unknown>[] }
  }
  if (spine.kind === 'upload') return { ...spine, path: join(versionFolder(name, version), spine.file) }
  if (spine.kind === 'dataset')
    return ofDataset(ctx, await describedVersion(ctx, spine.dataset, spine.version))
  const served = await resolveVersion(ctx, { group: spine.group, version: spine.version }, ctx.environment)
  const features = served.features.filter((feature) => spine.columns.includes(feature.name))
  const read = await allowRead(ctx, served, features, 'dataset:create')
  return { kind: 'group', read, from: spine.from, to: spine.to }
}

export function timestampColumnOf(source: SpineSource, asked: string | undefined): string {
  if (asked !== undefined) return asked
  if (source.kind === 'dataset') return source.version.spec.timestamp_column
  return source.kind === 'group' ? source.read.version.timestampKey : 'event_timestamp'
}

export interface SpineShape {
  timestampColumn: string
  keys: Column[]
  knownAtMicros: bigint
}

/** Opens and checks the rows; `dispose` it. Errors: invalid naming row and column. */
export async function openSource(
  source: SpineSource,
  { timestampColumn, keys, knownAtMicros }: SpineShape,
  signal?: AbortSignal,
): Promise<DuckDbSpine> {
  if (source.kind === 'rows') return stageSpine({ rows: source.rows, timestampColumn, keys })
  if (source.kind === 'upload') {
    return openSpine({ path: source.path, format: source.format, timestampColumn, keys }, signal)
  }
  if (source.kind === 'dataset') {
    const { version } = source
    const own = version.columns.filter(({ role }) => role === 'spine' || role === 'timestamp')
    const columns = typedColumns(own)
    const paths = pathsOf(filesFolder(version.name, version.version), version.files)
    return typedSpine(filesRelation(paths, columns), columns, timestampColumn, keys)
  }
  const range = {
    version: source.read.version,
    columns: source.read.features.map(({ name }) => name),
    fromMicros: source.from === null ? null : parseEventTime(source.from),
    toMicros: source.to === null ? null : parseEventTime(source.to),
  }
  return groupSpine(range, knownAtMicros, keys, timestampColumn)
}

/** The version of a group whose rows are the spine, if one is. */
export const spineVersion = (source: SpineSource): ServingVersion | null =>
  source.kind === 'group' ? source.read.version : null
