import { convertText, type FeatureType, toFragment } from '@/lib/core/feature-type'
import { queryRows } from '../engine-client'
import type { Column, ColumnProfile, Profile, ProfileRequest } from '../port'
import { operationColumn } from '../staged'
import { convertSource } from './convert-source'
import { absolute, scanHistory, storedColumns } from './history'
import {
  firstPass,
  firstPassCells,
  isNumeric,
  type SecondPassColumn,
  secondPass,
  secondPassCells,
  topValues,
} from './profile-query'
import { openSource } from './source'
import { identifier, timestamp } from './sql'

/** See OfflineStore.profile. */
export async function profile(request: ProfileRequest, signal?: AbortSignal): Promise<Profile> {
  const { columns, relation, bounds } = await relationOf(request, signal)
  const profiles = await profileRelation(relation, columns, request.edges ?? {}, signal)
  const [rows, tombstones, min, max] = bounds ? ((await queryRows(bounds, [], signal))[0] ?? []) : []
  return {
    rows: rows === undefined ? profiles.rows : Number(rows) - Number(tombstones),
    tombstones: Number(tombstones ?? 0),
    minEventTimeMicros: micros(min),
    maxEventTimeMicros: micros(max),
    columns: profiles.columns,
  }
}

const micros = (value: unknown): bigint | null =>
  typeof value === 'number' || typeof value === 'bigint' ? BigInt(value) : null

interface ProfiledRelation {
  relation: string
  columns: Column[]
  /** SELECT of rows, tombstones, least and greatest event time in the window. */
  bounds: string | null
}

async function relationOf(request: ProfileRequest, signal?: AbortSignal): Promise<ProfiledRelation> {
  const { source } = request
  if ('path' in source) {
    const wanted = source.columns.filter(({ name }) => request.columns.includes(name))
    const opened = await openSource(absolute(source.path), source.format, signal)
    const values = wanted.map(({ name, type }) => {
      const found = opened.columns.find((column) => column.name === name)
      if (!found) throw new TypeError(`The file has no column ${name}`)
      const { value, fault } = convertSource(found.type, type, found.sql)
      const kept = fault === 'NULL' ? value : `CASE WHEN (${fault}) IS NULL THEN ${value} END`
      return `${kept} AS ${identifier(name)}`
    })
    return {
      relation: `SELECT ${values.join(', ')} FROM (${opened.relation})`,
      columns: wanted,
      bounds: null,
    }
  }
  const all = storedColumns(source.schema)
  const columns = request.columns.map((name) => {
    const column = all.find((one) => one.name === name)
    if (!column) throw new TypeError(`The history has no column ${name}`)
    return column
  })
  const time = identifier(source.schema.eventTime)
  const where = request.toMicros === null ? [] : [`${time} < ${timestamp(request.toMicros)}`]
  const from = request.fromMicros === null ? null : timestamp(request.fromMicros)
  const kept = [...where, `${operationColumn} <> 'delete'`]
  const bounded = scanHistory({
    history: source,
    columns: [],
    extras: { t: time, o: operationColumn },
    from,
    where,
  })
  return {
    columns,
    relation: scanHistory({ history: source, columns, from, where: kept }),
    bounds: `SELECT count(*), count(*) FILTER (o = 'delete'), epoch_us(min(t)), epoch_us(max(t)) FROM (${bounded})`,
  }
}

/** Profiles of the columns of any relation of typed columns. */
export async function profileRelation(
  relation: string,
  columns: Column[],
  edges: Record<string, number[]>,
  signal?: AbortSignal,
): Promise<{ rows: number; columns: ColumnProfile[] }> {
  const [first = []] = await queryRows(firstPass(relation, columns), [], signal)
  const rows = Number(first[0])
  const basics = columns.map((column, index) => {
    const start = 1 + index * firstPassCells
    return basicProfile(column, rows, first.slice(start, start + firstPassCells))
  })
  await addTop(relation, basics, signal)
  await addMoments(relation, basics, edges, signal)
  return { rows, columns: basics }
}

const numberOrNull = (value: unknown): number | null => {
  if (value === null || value === undefined) return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

export function basicProfile({ name, type }: Column, rows: number, cells: unknown[]): ColumnProfile {
  const [present, nan, positive, negative, min, max, trues, least, greatest] = cells
  return {
    name,
    type,
    rows,
    nulls: rows - Number(present),
    nan: Number(nan),
    positiveInfinity: Number(positive),
    negativeInfinity: Number(negative),
    distinct: 0,
    min: numberOrNull(min),
    max: numberOrNull(max),
    mean: null,
    m2: null,
    standardDeviation: null,
    deciles: null,
    histogram: null,
    top: [],
    trues: numberOrNull(trues),
    least: fragmentOf(type, least),
    greatest: fragmentOf(type, greatest),
  }
}

/** The engine's text of a value → JSON text. */
export function fragmentOf(type: FeatureType, value: unknown): string | null {
  if (value === null || value === undefined) return null
  const result = convertText(type, String(value))
  return result.ok ? toFragment(type, result.value) : JSON.stringify(String(value))
}

/** Each column stands in its query with the whole relation. */
const columnsAQuery = 50

async function addTop(relation: string, profiles: ColumnProfile[], signal?: AbortSignal): Promise<void> {
  const byName = new Map(profiles.map((one) => [one.name, one]))
  for (let start = 0; start < profiles.length; start += columnsAQuery) {
    const query = topValues(relation, profiles.slice(start, start + columnsAQuery))
    for (const [name, value, count, distinct] of await queryRows(query, [], signal)) {
      const found = byName.get(String(name))
      if (!found) continue
      found.distinct = Number(distinct)
      found.top.push({ value: fragmentOf(found.type, value) ?? 'null', count: Number(count) })
    }
  }
}

const largestUnscaled = 1e140
const defaultBins = 20

/** Divides values so that their squares stay finite. */
export function scaleOf({ min, max }: ColumnProfile): number {
  const largest = Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0))
  return largest > largestUnscaled ? largest : 1
}

/** Interior edges of bins of equal width; none when all values are equal. */
export function edgesBetween(min: number, max: number): number[] {
  const width = max / defaultBins - min / defaultBins
  if (!(width > 0)) return []
  const edges = Array.from({ length: defaultBins - 1 }, (_, i) => min + width * (i + 1))
  return [...new Set(edges)].filter((edge) => edge < max)
}

async function addMoments(
  relation: string,
  profiles: ColumnProfile[],
  edges: Record<string, number[]>,
  signal?: AbortSignal,
): Promise<void> {
  const numeric = profiles.filter(({ type, min }) => isNumeric(type) && min !== null)
  if (numeric.length === 0) return
  const columns = numeric.map((one): SecondPassColumn => {
    const { min, max } = one
    return {
      column: one,
      scale: scaleOf(one),
      quantiles: true,
      edges: edges[one.name] ?? edgesBetween(min ?? 0, max ?? 0),
    }
  })
  const [row = []] = await queryRows(secondPass(relation, columns), [], signal)
  for (const [index, { scale, edges: used }] of columns.entries()) {
    const target = numeric[index]
    const start = index * secondPassCells
    if (target) setMoments(target, scale, used, row.slice(start, start + secondPassCells))
  }
}

export function setMoments(target: ColumnProfile, scale: number, edges: number[], cells: unknown[]): void {
  const [count, mean, m2, deciles, histogram] = cells
  const finite = Number(count)
  target.mean = numberOrNull(Number(mean) * scale)
  target.m2 = numberOrNull(Number(m2) * scale * scale)
  const deviation = finite > 1 ? Math.sqrt(Number(m2) / (finite - 1)) * scale : null
  target.standardDeviation = numberOrNull(deviation)
  target.deciles = Array.isArray(deciles) ? deciles.map(Number) : null
  target.histogram = { edges, counts: countsOf(edges, histogram, finite) }
}

/** The engine leaves out an empty last bin, and gives the last one an edge of its own. */
function countsOf(edges: number[], histogram: unknown, finite: number): number[] {
  if (edges.length === 0) return [finite]
  const entries = Array.isArray(histogram) ? histogram : []
  const counts = edges.map((edge) => {
    const entry = entries.find((one) => Array.isArray(one) && Number(one[0]) === edge)
    return Array.isArray(entry) ? Number(entry[1]) : 0
  })
  return [...counts, finite - counts.reduce((sum, count) => sum + count, 0)]
}
