import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { isLosslessNumber } from '@/lib/core/json'
import { parseInput } from '@/lib/core/parse-input'
import { compareDefinitions } from './compare-definitions'
import { booleanFields, categoricalFields, embeddingFields, numericFields } from './compare-fields'
import { compareInput } from './compare-input'
import type { Definition } from './resources'

/** Computed beside the requests: what takes longer than a blink belongs into a monitor. */
const mostValues = 20_000
/** (n + m)² · dimension: what the pairwise distances of embeddings cost. */
const mostProducts = 20_000_000

type Side = 'reference' | 'current'

const numberNames: Record<string, number> = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity }

const refuse = (side: Side, at: string, what: string) =>
  invalidField(`/${side}/${at}`, `/${side}/${at}: must be ${what}.`, 'type')

function numberOf(value: unknown): number | null | undefined {
  if (value === null || typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (isLosslessNumber(value)) return Number(value.toString())
  return typeof value === 'string' ? numberNames[value] : undefined
}

function listOf<T>(
  values: readonly unknown[],
  side: Side,
  what: string,
  read: (value: unknown) => T | undefined,
): T[] {
  return values.map((value, i) => {
    const found = read(value)
    if (found === undefined) throw refuse(side, String(i), what)
    return found
  })
}

const numbers = (values: readonly unknown[], side: Side) =>
  listOf(values, side, 'a number, "NaN", "Infinity", "-Infinity" or null', numberOf)

const texts = (values: readonly unknown[], side: Side) =>
  listOf(values, side, 'a string or null', (value) =>
    value === null || typeof value === 'string' ? value : undefined,
  )

const booleans = (values: readonly unknown[], side: Side) =>
  listOf(values, side, 'true, false or null', (value) =>
    value === null || typeof value === 'boolean' ? value : undefined,
  )

function vectors(values: readonly unknown[], side: Side, dimension: number): number[][] {
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

function embeddings(reference: readonly unknown[], current: readonly unknown[]) {
  const first = reference[0] ?? current[0]
  const dimension = Array.isArray(first) ? first.length : 0
  if ((reference.length + current.length) ** 2 * dimension > mostProducts)
    throw new DomainError(
      'too_large',
      'So many vectors of that dimension are not compared at once; send a sample.',
    )
  return embeddingFields(vectors(reference, 'reference', dimension), vectors(current, 'current', dimension))
}

export interface CompareAnswer extends Record<string, unknown> {
  definitions: Definition[]
}

/**
 * Compares two columns that are sent along: every number of the drift definitions at the top level, null where it is
 * undefined. Nothing is stored. Errors: `forbidden`, `invalid` naming the value, `too_large`.
 */
export async function compareSamples(ctx: Context, rawInput: unknown): Promise<CompareAnswer> {
  await authorizeAtAll(ctx, 'group:read_statistics')
  const { kind, reference, current } = parseInput(compareInput, rawInput)
  if (Math.max(reference.length, current.length) > mostValues)
    throw new DomainError('too_large', `At most ${mostValues} values a side are compared at once.`)
  const fields = {
    numeric: () => numericFields(numbers(reference, 'reference'), numbers(current, 'current')),
    categorical: () => categoricalFields(texts(reference, 'reference'), texts(current, 'current')),
    boolean: () => booleanFields(booleans(reference, 'reference'), booleans(current, 'current')),
    embedding: () => embeddings(reference, current),
  }[kind]()
  return { kind, ...fields, definitions: compareDefinitions(Object.keys(fields)) }
}
