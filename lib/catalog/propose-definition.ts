import type { Context } from '@/lib/core/context'
import { type FeatureType, formatFeatureType } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import { findEntityByKeys } from '@/lib/registry'
import { entityNameOf, namesOfColumns } from './column-names'
import type { InferenceResource } from './inference-operations'
import { sensitiveColumn } from './sensitive'
import { similarGroups } from './similar-groups'

/** One column of a file as the engine has seen it. `least`, `greatest` and the values of `top` are JSON texts. */
export interface SeenColumn {
  name: string
  type: FeatureType
  nulls: number
  nan: number
  distinct: number
  min: number | null
  max: number | null
  mean: number | null
  standardDeviation: number | null
  deciles: number[] | null
  histogram: { edges: number[]; counts: number[] } | null
  top: { value: string; count: number }[]
  trues: number | null
  least: string | null
  greatest: string | null
}

export interface SeenFile {
  rows: number
  columns: SeenColumn[]
  /** Names of columns, likeliest first. */
  keyCandidates: string[][]
  eventTimeColumn: string | null
}

const examplesShown = 5
const topShown = 10

const jsonOrNull = (text: string | null): unknown => (text === null ? null : parseJson(text))

function statisticsOf(column: SeenColumn): InferenceResource['columns'][number]['statistics'] {
  const { min, max, deciles, type } = column
  const isFloat = type.kind === 'float32' || type.kind === 'float64'
  return {
    nulls: column.nulls,
    nan: column.nan,
    distinct: column.distinct,
    min: isFloat ? min : jsonOrNull(column.least),
    max: isFloat ? max : jsonOrNull(column.greatest),
    mean: column.mean,
    standard_deviation: column.standardDeviation,
    quantiles:
      min === null || max === null || deciles === null
        ? null
        : [min, ...deciles, max].map((value, at) => ({ p: at / 10, value })),
    histogram: column.histogram,
    top: column.top.slice(0, topShown).map(({ value, count }) => ({ value: parseJson(value), count })),
    trues: column.trues,
  }
}

const textOf = (json: string): string => {
  const value = parseJson(json)
  return typeof value === 'string' ? value : json
}

type Column = InferenceResource['columns'][number]

function columnsOf(file: SeenFile, names: string[], keys: string[]): Column[] {
  return file.columns.map((column, at): Column => {
    const name = names[at] ?? column.name
    const values = column.top.map((one) => textOf(one.value))
    const isTime = column.name === file.eventTimeColumn
    return {
      column: column.name,
      name,
      type: formatFeatureType(column.type),
      role: isTime ? 'timestamp' : keys.includes(column.name) ? 'key' : 'feature',
      examples: values.slice(0, examplesShown),
      statistics: statisticsOf(column),
      sensitive: sensitiveColumn(name, values),
    }
  })
}

function notesOf(file: SeenFile, columns: Column[]): string[] {
  const renamed = columns.filter(({ column, name }) => column !== name)
  const times = columns.filter(({ type }) => type === 'timestamp' || type === 'date').length
  return [
    ...(file.rows === 0 ? ['The file has no rows, so every type is a guess.'] : []),
    ...(file.eventTimeColumn === null ? ['No column without gaps is a time: choose the event time.'] : []),
    ...(times > 1 ? [`${times} columns hold times: check which one is the event time.`] : []),
    ...(file.keyCandidates.length === 0
      ? ['No column looks like a key: the group would have one row at a time.']
      : []),
    ...(renamed.length > 0
      ? [
          `Renamed, since names are lower case with _: ${renamed.map(({ column, name }) => `${column} → ${name}`).join(', ')}. The page that registers reads the file's columns under these names; elsewhere the request that brings rows says so with rename.`,
        ]
      : []),
    ...columns
      .filter((column) => column.statistics.nulls === file.rows && file.rows > 0)
      .map(({ name }) => `\`${name}\` is empty in every row.`),
  ]
}

async function entityOf(ctx: Context, keys: { name: string; type: string }[]) {
  if (keys.length === 0) return null
  const existing = await findEntityByKeys(ctx, keys)
  return existing ?? { name: entityNameOf(keys.map((key) => key.name)), keys }
}

/** The body of a registration as far as a file can tell, with what a person should look at. Stores nothing. */
export async function proposeDefinition(
  ctx: Context,
  file: SeenFile,
  name: string | null,
): Promise<InferenceResource> {
  const names = namesOfColumns(file.columns.map((column) => column.name))
  const nameOf = (column: string) => names[file.columns.findIndex((one) => one.name === column)] ?? column
  const columns = columnsOf(file, names, file.keyCandidates[0] ?? [])
  const keys = (file.keyCandidates[0] ?? []).flatMap(
    (key) => columns.find((column) => column.column === key) ?? [],
  )
  const features = columns.filter((column) => column.role === 'feature')
  const featureNames = features.map((feature) => feature.name)
  return {
    rows: file.rows,
    definition: {
      name,
      description: '',
      entity: await entityOf(
        ctx,
        keys.map(({ name: key, type }) => ({ name: key, type })),
      ),
      primary_key: keys.map((key) => key.name),
      timestamp_key: file.eventTimeColumn === null ? null : nameOf(file.eventTimeColumn),
      features: features.map((feature) => ({ name: feature.name, type: feature.type, description: '' })),
    },
    columns,
    key_candidates: file.keyCandidates.map((candidate) => candidate.map(nameOf)),
    similar: await similarGroups(ctx, featureNames),
    notes: notesOf(file, columns),
  }
}
