import { isNumericType } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import {
  type ColumnProfile,
  type ColumnSketch,
  distinctOf,
  mostSketchValues,
  sketchBase,
} from '@/lib/offline'

type Number0 = number | null

const least = (a: Number0, b: Number0): Number0 => (a === null ? b : b === null ? a : Math.min(a, b))
const greatest = (a: Number0, b: Number0): Number0 => (a === null ? b : b === null ? a : Math.max(a, b))
const sum = (a: Number0, b: Number0): Number0 => (a === null ? b : b === null ? a : a + b)

const finiteRows = ({ rows, nulls, nan, positiveInfinity, negativeInfinity }: ColumnProfile) =>
  rows - nulls - nan - positiveInfinity - negativeInfinity

/** Mean and Σ(x − mean)² of two parts together (Chan, Golub, LeVeque, 1979). */
function moments(
  a: ColumnProfile,
  b: ColumnProfile,
): Pick<ColumnProfile, 'mean' | 'm2' | 'standardDeviation'> {
  if (a.mean === null || a.m2 === null) return b
  if (b.mean === null || b.m2 === null) return a
  const n = finiteRows(a)
  const m = finiteRows(b)
  const delta = b.mean - a.mean
  const m2 = a.m2 + b.m2 + (delta * delta * n * m) / (n + m)
  return {
    mean: a.mean + (delta * m) / (n + m),
    m2,
    standardDeviation: n + m > 1 ? Math.sqrt(m2 / (n + m - 1)) : null,
  }
}

/** Texts by their code points, which UTF-8 keeps in order; numbers as such, with all digits. */
function compared(profile: ColumnProfile, a: string, b: string): number {
  const { kind } = profile.type
  if (kind === 'int32' || kind === 'int64') return BigInt(a) < BigInt(b) ? -1 : 1
  const [x, y] = [parseJson(a), parseJson(b)]
  if (isNumericType(profile.type)) {
    // To the engine NaN is the greatest.
    if (x === y || x === 'NaN' || y === 'NaN') return x === y ? 0 : x === 'NaN' ? 1 : -1
    return Number(x) < Number(y) ? -1 : 1
  }
  return Buffer.compare(Buffer.from(String(x)), Buffer.from(String(y)))
}

function extreme(profile: ColumnProfile, a: string | null, b: string | null, side: 1 | -1): string | null {
  if (a === null || b === null) return a ?? b
  return compared(profile, a, b) * side <= 0 ? a : b
}

/** Both on the same edges. */
function histograms(
  a: ColumnProfile['histogram'],
  b: ColumnProfile['histogram'],
): ColumnProfile['histogram'] {
  if (!a || !b) return a ?? b
  return { edges: a.edges, counts: a.counts.map((count, i) => count + (b.counts[i] ?? 0)) }
}

function profiles(a: ColumnProfile, b: ColumnProfile): ColumnProfile {
  return {
    ...a,
    ...moments(a, b),
    rows: a.rows + b.rows,
    nulls: a.nulls + b.nulls,
    nan: a.nan + b.nan,
    positiveInfinity: a.positiveInfinity + b.positiveInfinity,
    negativeInfinity: a.negativeInfinity + b.negativeInfinity,
    min: least(a.min, b.min),
    max: greatest(a.max, b.max),
    histogram: histograms(a.histogram, b.histogram),
    trues: sum(a.trues, b.trues),
    least: extreme(a, a.least, b.least, 1),
    greatest: extreme(a, a.greatest, b.greatest, -1),
  }
}

function powers(a: ColumnSketch['powers'], b: ColumnSketch['powers']): ColumnSketch['powers'] {
  const counts = new Map<string, [number, number, number]>()
  for (const [sign, power, count] of [...a, ...b]) {
    const present = counts.get(`${sign} ${power}`)
    counts.set(`${sign} ${power}`, [sign, power, count + (present?.[2] ?? 0)])
  }
  return [...counts.values()]
}

const bytesOf = (registers: string): Uint8Array => new Uint8Array(Buffer.from(registers, 'base64'))

function registers(a: string, b: string): string {
  const [x, y] = [bytesOf(a), bytesOf(b)]
  return Buffer.from(x.map((rank, i) => Math.max(rank, y[i] ?? 0))).toString('base64')
}

function values(a: ColumnSketch['values'], b: ColumnSketch['values']): ColumnSketch['values'] {
  if (!a || !b) return null
  const counts = new Map(a)
  for (const [value, count] of b) counts.set(value, (counts.get(value) ?? 0) + count)
  return counts.size > mostSketchValues ? null : [...counts]
}

/** What two parts of a history say together. Histograms must stand on the same edges. */
export const merged = (a: ColumnSketch, b: ColumnSketch): ColumnSketch => ({
  profile: profiles(a.profile, b.profile),
  powers: powers(a.powers, b.powers),
  registers: registers(a.registers, b.registers),
  values: values(a.values, b.values),
})

/** The value in whose class the share `p` of the finite values is reached: within 1 %. */
function quantile(ordered: ColumnSketch['powers'], { min, max }: ColumnProfile, p: number): number {
  const total = ordered.reduce((all, [, , count]) => all + count, 0)
  let passed = 0
  for (const [sign, power, count] of ordered) {
    passed += count
    if (passed <= p * (total - 1)) continue
    const value = sign * sketchBase ** (power + 0.5)
    return Math.min(Math.max(value, min ?? value), max ?? value)
  }
  return max ?? 0
}

const inOrder = (all: ColumnSketch['powers']) =>
  [...all].sort(([s, p], [t, q]) => (s === t ? s * (p - q) : s - t))

const mostTop = 50

/** By count, then as the engine orders values. */
function topOf(profile: ColumnProfile, all: [string, number][]): ColumnProfile['top'] {
  const isOrdered = isNumericType(profile.type) || profile.least !== null
  return [...all]
    .sort(([a, n], [b, m]) => m - n || (isOrdered ? compared(profile, a, b) : a < b ? -1 : 1))
    .slice(0, mostTop)
    .map(([value, count]) => ({ value, count }))
}

/** The profile that a sketch stands for: deciles within 1 %, distinct within 5 % where more than the listed values. */
export function profileOfSketch(sketch: ColumnSketch): ColumnProfile {
  const { profile, powers: found, values: all } = sketch
  const ordered = inOrder(found)
  const deciles =
    ordered.length === 0
      ? null
      : [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => quantile(ordered, profile, tenth / 10))
  const distinct = all ? all.length : distinctOf(bytesOf(sketch.registers))
  const top = all ? topOf(profile, all) : []
  return { ...profile, deciles, distinct, top }
}
