import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { stringifyJson } from '@/lib/core/json'
import { countText } from '@/lib/core/number-text'
import { compareSamples } from '@/lib/monitoring'
import { type Column, type ColumnProfile, identifier, queryRows } from '@/lib/offline'
import { statisticsOf } from './column-statistics'
import { filesFolder } from './folders'
import { describedVersion } from './queries'
import { numberedRelation, pathsOf, typedColumns } from './relation'
import type { ComparisonResource } from './resources'
import { authorizeRead } from './rights'
import { certified } from './state-guards'
import type { DatasetVersion } from './types'

/** Values of a column that are compared on each side, spread evenly over its rows. */
const mostValues = 5000

type Kind = 'numeric' | 'categorical' | 'boolean'
type ComparedColumn = ComparisonResource['columns'][number]

function kindOf({ type }: Column): Kind | null {
  switch (type.kind) {
    case 'bool':
      return 'boolean'
    case 'int32':
    case 'int64':
    case 'float32':
    case 'float64':
    case 'decimal':
      return 'numeric'
    case 'string':
    case 'date':
      return 'categorical'
    default:
      return null
  }
}

const valueSql: Record<Kind, (name: string) => string> = {
  numeric: (name) => `CAST(${name} AS DOUBLE)`,
  categorical: (name) => `CAST(${name} AS VARCHAR)`,
  boolean: (name) => name,
}

/** Evenly spread values of the named columns; null when the files are not there. */
async function samplesOf(
  version: DatasetVersion,
  wanted: readonly { name: string; kind: Kind }[],
  signal: AbortSignal,
): Promise<Map<string, unknown[]> | null> {
  if (version.state !== 'ready') return null
  if (wanted.length === 0) return new Map()
  const paths = pathsOf(filesFolder(version.name, version.version), version.files)
  const step = Math.max(1, Math.ceil((version.rows ?? 0) / mostValues))
  const values = wanted.map(({ name, kind }) => valueSql[kind](identifier(name)))
  const rows = await queryRows(
    `SELECT ${values.join(', ')} FROM (${numberedRelation(paths, typedColumns(version.columns))}) WHERE (__almanac_row - 1) % ${step} = 0`,
    [],
    signal,
  )
  return new Map(wanted.map(({ name }, index) => [name, rows.map((row) => row[index] ?? null)]))
}

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)

const nullShare = (profile: ColumnProfile | undefined) =>
  profile && profile.rows > 0 ? profile.nulls / profile.rows : null

interface Side {
  version: DatasetVersion
  statistics: Map<string, ColumnProfile>
  samples: Map<string, unknown[]> | null
}

async function compareColumn(
  ctx: Context,
  name: string,
  kind: Kind | null,
  from: Side,
  to: Side,
): Promise<ComparedColumn> {
  const reference = from.samples?.get(name) ?? []
  const current = to.samples?.get(name) ?? []
  const [before, after] = [from.statistics.get(name), to.statistics.get(name)]
  const compares = kind !== null && reference.length > 0 && current.length > 0
  const found: Record<string, unknown> = compares
    ? await compareSamples(ctx, { kind, reference, current })
    : {}
  const note =
    kind === null
      ? 'Values of this type have no distance.'
      : from.samples && to.samples
        ? null
        : 'The files of one side were deleted; only its statistics are left.'
  return {
    name,
    kind,
    compared: { from: reference.length, to: current.length },
    null_share: { from: nullShare(before), to: nullShare(after) },
    mean: { from: before?.mean ?? null, to: after?.mean ?? null },
    psi: numberOrNull(found.psi_auto ?? found.psi),
    js_distance: numberOrNull(found.js_distance_base2),
    wasserstein_over_sd: numberOrNull(found.wasserstein_over_ref_std),
    note,
  }
}

function schemaChanges(from: DatasetVersion, to: DatasetVersion): ComparisonResource['schema'] {
  const position = (version: DatasetVersion, name: string) =>
    version.columns.findIndex((one) => one.name === name)
  const gone = from.columns
    .filter(({ name }) => position(to, name) < 0)
    .map(({ name, type }) => ({ column: name, change: 'removed' as const, from: type, to: null }))
  const others = to.columns.flatMap(({ name, type }): ComparisonResource['schema'] => {
    const before = from.columns[position(from, name)]
    if (!before) return [{ column: name, change: 'added', from: null, to: type }]
    return before.type === type ? [] : [{ column: name, change: 'retyped', from: before.type, to: type }]
  })
  return [...gone, ...others]
}

const specFields = (version: DatasetVersion): Record<string, unknown> => ({
  ...version.spec,
  known_at: version.knownAt,
  environment: version.environment,
  groups: version.parts.map(({ group, version: major, revision }) => `${group}@${major}.${revision}`),
})

function specChanges(from: DatasetVersion, to: DatasetVersion): ComparisonResource['spec'] {
  const [before, after] = [specFields(from), specFields(to)]
  return Object.keys(after).flatMap((field) =>
    stringifyJson(before[field] ?? null) === stringifyJson(after[field] ?? null)
      ? []
      : [{ field, from: before[field] ?? null, to: after[field] ?? null }],
  )
}

/**
 * What differs between two versions: rows, columns, specification, and how far the distribution of each common column
 * moved. Errors: not_found, forbidden naming a column's group, conflict for a version that was never built.
 */
export async function compareDatasetVersions(
  ctx: Context,
  name: string,
  fromNumber: number,
  toNumber: number,
): Promise<ComparisonResource> {
  await authorizeAtAll(ctx, 'dataset:read')
  const versions: DatasetVersion[] = []
  for (const number of [fromNumber, toNumber]) {
    const found = await describedVersion(ctx, name, number)
    await authorizeRead({ ...ctx, environment: found.environment }, found)
    versions.push(certified(found))
  }
  const [from, to] = versions
  if (!from || !to) throw new TypeError('Two versions are compared')
  const before = new Map(typedColumns(from.columns).map((column) => [column.name, kindOf(column)]))
  const common = typedColumns(to.columns).filter((column) => before.get(column.name) === kindOf(column))
  const wanted = common.flatMap((column) => {
    const kind = kindOf(column)
    return kind === null ? [] : [{ name: column.name, kind }]
  })
  const sideOf = async (version: DatasetVersion): Promise<Side> => ({
    version,
    statistics: await statisticsOf(version),
    samples: await samplesOf(version, wanted, ctx.signal),
  })
  const [left, right] = [await sideOf(from), await sideOf(to)]
  const columns: ComparedColumn[] = []
  for (const column of common)
    columns.push(await compareColumn(ctx, column.name, kindOf(column), left, right))
  return {
    dataset: name,
    from: fromNumber,
    to: toNumber,
    same_content: from.contentHash === to.contentHash,
    rows: { from: from.rows, to: to.rows },
    schema: schemaChanges(from, to),
    spec: specChanges(from, to),
    columns,
    note: `Shares and means are of all rows; distances of at most ${countText(mostValues)} values a side, spread evenly over the rows.`,
  }
}
