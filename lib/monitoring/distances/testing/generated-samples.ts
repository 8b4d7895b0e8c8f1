import { uniformGenerator } from '../random'

/** How the vectors' definitions describe a sample too long to list. */
export interface GeneratorSpec {
  kind: 'ih12' | 'ih12_mix' | 'exp_ih12' | 'power_cat'
  seed: number
  n: number
  mean?: number
  sd?: number
  p?: number
  mean2?: number
  sd2?: number
  K?: number
  null_rate?: number
  null_seed?: number
}

/** mean + sd·(Σ of 12 uniforms − 6): nearly normal, and bit for bit the same on every machine. */
export function nearlyNormal(next: () => number, mean: number, sd: number): number {
  let total = 0
  for (let i = 0; i < 12; i += 1) total += next()
  return mean + sd * (total - 6)
}

function drawOne(spec: GeneratorSpec, next: () => number): number | string {
  const { kind, mean = 0, sd = 1, p = 0, mean2 = 0, sd2 = 1, K = 1 } = spec
  if (kind === 'ih12') return nearlyNormal(next, mean, sd)
  if (kind === 'exp_ih12') return Math.exp(nearlyNormal(next, mean, sd))
  if (kind === 'ih12_mix') {
    const second = next() < p
    return nearlyNormal(next, second ? mean2 : mean, second ? sd2 : sd)
  }
  const u = next()
  return `c${Math.floor(K * (u * u * u))}`
}

/** The rows of a generated sample. */
export function generate(spec: GeneratorSpec): (number | string | null)[] {
  const next = uniformGenerator(spec.seed)
  const values: (number | string | null)[] = Array.from({ length: spec.n }, () => drawOne(spec, next))
  const rate = spec.null_rate
  if (rate === undefined) return values
  const nextNull = uniformGenerator(spec.null_seed ?? 0)
  return values.map((value) => (nextNull() < rate ? null : value))
}

/** `n` nearly normal rows. */
export function normals(seed: number, n: number, mean = 0, sd = 1): number[] {
  const next = uniformGenerator(seed)
  return Array.from({ length: n }, () => nearlyNormal(next, mean, sd))
}
