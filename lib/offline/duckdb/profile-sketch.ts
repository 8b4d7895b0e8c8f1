import { queryRows } from '../engine-client'
import type { Column, ColumnProfile, History } from '../port'
import { operationColumn } from '../staged'
import { scanHistory, storedColumns } from './history'
import { basicProfile, edgesBetween, fragmentOf, scaleOf, setMoments } from './profile'
import { firstPass, firstPassCells, isNumeric, secondPass, secondPassCells } from './profile-query'
import { identifier } from './sql'

/**
 * What of a column can be added up over parts of a history. Of `profile` distinct, deciles and top say nothing: they
 * come from the other members.
 */
export interface ColumnSketch {
  profile: ColumnProfile
  /** Finite values by sign and by floor(log(|x|) to `sketchBase`): [sign, power, count]; zero is [0, 0, count]. */
  powers: [sign: number, power: number, count: number][]
  /** HyperLogLog over the engine's hash: the greatest rank of each of `sketchRegisters` registers, as base64. */
  registers: string
  /** All values with their counts, as JSON text; null when there are more than `mostSketchValues`. */
  values: [value: string, count: number][] | null
}

/** Neighbouring powers lie 2 % apart, so that a middle between them is within 1 %. */
export const sketchBase = 1.02
const sketchRegisters = 2048
export const mostSketchValues = 1000

export interface SketchRequest {
  history: History
  columns: string[]
  /** Interior edges of the histogram by column; where absent 20 bins of equal width. */
  edges: Record<string, number[]>
}

const finiteDouble = ({ name, type }: Column): string => {
  const x = `CAST(${identifier(name)} AS DOUBLE)`
  return type.kind === 'float32' || type.kind === 'float64' ? `CASE WHEN isfinite(${x}) THEN ${x} END` : x
}

async function powersOf(relation: string, column: Column, signal?: AbortSignal) {
  if (!isNumeric(column.type)) return []
  const values = `SELECT ${finiteDouble(column)} AS x FROM (${relation})`
  // The logarithm of the least doubles is finite; zero has a place of its own.
  const power = `CASE WHEN x = 0 THEN 0 ELSE CAST(floor(ln(abs(x)) / ln(${sketchBase})) AS INTEGER) END`
  const rows = await queryRows(
    `SELECT CAST(sign(x) AS INTEGER) AS s, ${power} AS p, count(*) FROM (${values}) WHERE x IS NOT NULL GROUP BY s, p`,
    [],
    signal,
    'count',
  )
  return rows.map(([sign, at, count]): [number, number, number] => [Number(sign), Number(at), Number(count)])
}

/** Rank: where the first 1 stands in the 53 bits of the hash that choose no register. */
async function registersOf(relation: string, { name }: Column, signal?: AbortSignal): Promise<Uint8Array> {
  const x = identifier(name)
  const hashes = `SELECT hash(${x}) AS h FROM (${relation}) WHERE ${x} IS NOT NULL`
  const rest = '(h >> 11)'
  const rank = `CASE WHEN ${rest} = 0 THEN 54 ELSE 53 - CAST(floor(log2(${rest})) AS INTEGER) END`
  const rows = await queryRows(
    `SELECT CAST(h & ${sketchRegisters - 1} AS INTEGER) AS r, max(${rank}) FROM (${hashes}) GROUP BY r`,
    [],
    signal,
    'count',
  )
  const registers = new Uint8Array(sketchRegisters)
  for (const [register, most] of rows) registers[Number(register)] = Number(most)
  return registers
}

/** How many different values the registers have seen (Flajolet et al., HyperLogLog, 2007). */
export function distinctOf(registers: Uint8Array): number {
  const m = registers.length
  const sum = registers.reduce((total, rank) => total + 2 ** -rank, 0)
  const estimate = ((0.7213 / (1 + 1.079 / m)) * m * m) / sum
  const zeros = registers.reduce((count, rank) => count + (rank === 0 ? 1 : 0), 0)
  return Math.round(estimate <= 2.5 * m && zeros > 0 ? m * Math.log(m / zeros) : estimate)
}

async function valuesOf(relation: string, column: Column, signal?: AbortSignal) {
  const x = identifier(column.name)
  const shown = column.type.kind === 'bytes' ? `to_base64(${x})` : `CAST(${x} AS VARCHAR)`
  const isNested = column.type.kind === 'array' || column.type.kind === 'embedding'
  const value = isNested ? `CAST(to_json(${x}) AS VARCHAR)` : shown
  const rows = await queryRows(
    `SELECT ${value}, count(*) FROM (${relation}) WHERE ${x} IS NOT NULL GROUP BY ${x} LIMIT ${mostSketchValues + 1}`,
    [],
    signal,
    'count',
  )
  if (rows.length > mostSketchValues) return null
  return rows.map(([one, count]): [string, number] => [fragmentOf(column.type, one) ?? 'null', Number(count)])
}

/** Beyond it the values are not even looked at: grouping ten million of them takes a gigabyte. */
const isFew = (registers: Uint8Array) => distinctOf(registers) <= 1.2 * mostSketchValues

async function momentsOf(
  relation: string,
  profiles: ColumnProfile[],
  edges: Record<string, number[]>,
  signal?: AbortSignal,
): Promise<void> {
  for (const profile of profiles) {
    if (!isNumeric(profile.type) || profile.min === null) continue
    const own = edges[profile.name] ?? edgesBetween(profile.min, profile.max ?? profile.min)
    const scale = scaleOf(profile)
    const scaled = { column: profile, scale, edges: own, quantiles: false }
    const [row = []] = await queryRows(secondPass(relation, [scaled]), [], signal, 'count')
    setMoments(profile, scale, own, row.slice(0, secondPassCells))
  }
}

/**
 * Profiles that can be added up, column by column, so that it takes the same memory however long the history is.
 * Tombstones are left out.
 */
export async function profileSketch(
  { history, columns: names, edges }: SketchRequest,
  signal?: AbortSignal,
): Promise<{ rows: number; columns: ColumnSketch[] }> {
  const all = storedColumns(history.schema)
  const columns = all.filter(({ name }) => names.includes(name))
  const where = [`${operationColumn} <> 'delete'`]
  const relation = scanHistory({ history, columns, where })
  const [first = []] = await queryRows(firstPass(relation, columns), [], signal, 'count')
  const rows = Number(first[0])
  const profiles = columns.map((column, index) => {
    const start = 1 + index * firstPassCells
    return basicProfile(column, rows, first.slice(start, start + firstPassCells))
  })
  await momentsOf(relation, profiles, edges, signal)
  const sketches: ColumnSketch[] = []
  for (const [index, column] of columns.entries()) {
    const profile = profiles[index]
    if (!profile) continue
    const own = scanHistory({ history, columns: [column], where })
    const registers = await registersOf(own, column, signal)
    sketches.push({
      profile,
      powers: await powersOf(own, column, signal),
      registers: Buffer.from(registers).toString('base64'),
      values: isFew(registers) ? await valuesOf(own, column, signal) : null,
    })
  }
  return { rows, columns: sketches }
}
