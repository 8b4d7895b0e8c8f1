import { DomainError, invalidField } from '@/lib/core/errors'
import { isLosslessNumber } from '@/lib/core/json'
import type { BooleanRows, NumericRows, Rows, TextRows } from './profiles-of'

/** Counted within a request: what takes longer than a moment belongs into a monitor. */
export const mostValues = 100_000
/** (n + m)² · dimension: what the pairwise distances of embeddings cost. */
const mostProducts = 20_000_000

export type SideName = 'reference' | 'current'

const numberNames: Record<string, number> = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity }

const refuse = (side: SideName, at: string, what: string) =>
  invalidField(`/${side}/${at}`, `/${side}/${at}: must be ${what}.`, 'type')

function numberOf(value: unknown): number | null | undefined {
  if (value === null || typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (isLosslessNumber(value)) return Number(value.toString())
  return typeof value === 'string' ? numberNames[value] : undefined
}

function listOf<T>(
  values: readonly unknown[],
  side: SideName,
  what: string,
  read: (value: unknown) => T | undefined,
): T[] {
  return values.map((value, i) => {
    const found = read(value)
    if (found === undefined) throw refuse(side, String(i), what)
    return found
  })
}

const numbers = (values: readonly unknown[], side: SideName): NumericRows =>
  listOf(values, side, 'a number, "NaN", "Infinity", "-Infinity" or null', numberOf)

const texts = (values: readonly unknown[], side: SideName): TextRows =>
  listOf(values, side, 'a string or null', (value) =>
    value === null || typeof value === 'string' ? value : undefined,
  )

const booleans = (values: readonly unknown[], side: SideName): BooleanRows =>
  listOf(values, side, 'true, false or null', (value) =>
    value === null || typeof value === 'boolean' ? value : undefined,
  )

/** Values that were sent along, as rows of their kind. Errors: `invalid` naming the value, `too_large`. */
export function sampleRows(kind: Rows['kind'], values: readonly unknown[], side: SideName): Rows {
  if (values.length > mostValues)
    throw new DomainError('too_large', `At most ${mostValues} values a side are compared at once.`)
  if (kind === 'numeric') return { kind, rows: numbers(values, side) }
  return kind === 'categorical' ? { kind, rows: texts(values, side) } : { kind, rows: booleans(values, side) }
}

function vectors(values: readonly unknown[], side: SideName, dimension: number): number[][] {
  return values.map((value, i) => {
    if (!Array.isArray(value) || value.length !== dimension || dimension === 0)
      throw refuse(side, String(i), `an array of ${dimension || 'one or more'} numbers`)
    return value.map((member, d) => {
      const number = numberOf(member)
      if (typeof number !== 'number' || !Number.isFinite(number))
        throw refuse(side, `${i}/${d}`, 'a finite number')
      return number
    })
  })
}

/** Two sets of vectors of one dimension. Errors: `invalid` naming the place, `too_large`. */
export function sampleVectors(reference: readonly unknown[], current: readonly unknown[]) {
  const first = reference[0] ?? current[0]
  const dimension = Array.isArray(first) ? first.length : 0
  if ((reference.length + current.length) ** 2 * dimension > mostProducts)
    throw new DomainError(
      'too_large',
      'So many vectors of that dimension are not compared at once; send a sample.',
    )
  return {
    reference: vectors(reference, 'reference', dimension),
    current: vectors(current, 'current', dimension),
  }
}
