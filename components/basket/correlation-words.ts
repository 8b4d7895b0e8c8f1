import { plural } from '@/components/ui/format-number'
import type { CorrelationResource } from '@/lib/basket/operations'

type Entity = CorrelationResource['entities'][number]
type Pair = Entity['pairs'][number]

const symbols: Record<CorrelationResource['method'], string> = { spearman: 'ρ', pearson: 'r' }

/** "+0.93", "−0.04": two digits are what a sample of this size can tell. */
export function coefficientText(value: number): string {
  const digits = Math.abs(value).toFixed(2)
  return digits === '0.00' ? '0.00' : `${value < 0 ? '−' : '+'}${digits}`
}

const strength = ({ coefficient }: Pair) => (coefficient === null ? -1 : Math.abs(coefficient))

export const strongestFirst = (pairs: readonly Pair[]): Pair[] =>
  [...pairs].sort((a, b) => strength(b) - strength(a))

const nameOnly = (reference: string) => reference.slice(reference.indexOf(':') + 1)

/** Below this nothing is called moving together: at 30 rows chance alone reaches ±0.36 in 1 of 20 pairs. */
const noteworthy = 0.36

/** The pair that moves together most, in one sentence. */
export function findingOf(
  { entity, pairs }: Pick<Entity, 'entity' | 'pairs'>,
  method: CorrelationResource['method'],
): string {
  const [first] = strongestFirst(pairs)
  if (!first || first.coefficient === null) return `No pair of ${entity} has rows enough`
  const [a, b] = [nameOnly(first.a), nameOnly(first.b)]
  const number = `${symbols[method]} ${coefficientText(first.coefficient)} over ${plural(first.rows, 'row')}`
  if (Math.abs(first.coefficient) < noteworthy)
    return `No two move together; at most ${a} and ${b}, ${number}`
  const how = first.coefficient < 0 ? 'move against each other most' : 'move together most'
  return `${a} and ${b} ${how}: ${number}`
}
