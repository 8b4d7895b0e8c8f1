import { z } from 'zod'
import { invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { type NumericProfile, type Profile, requireSameBins } from '../distances/profile'
import type { SideName } from './sample-rows'

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const edges = z
  .array(z.number())
  .max(1000)
  .refine((all) => all.every((edge, i) => i === 0 || edge > (all[i - 1] ?? edge)), 'must rise strictly')
const head = { rows: count, missing: count.default(0) }

const numeric = z.strictObject({
  kind: z.literal('numeric'),
  ...head,
  infinite: count.default(0),
  mean: z.number().nullable(),
  m2: z.number().min(0).nullable().describe('Σ(x − mean)² of the finite values.'),
  min: z.number().nullable(),
  max: z.number().nullable(),
  bins: z.strictObject({ method: z.enum(['discrete', 'quantile', 'quantile_low_guard']), edges }),
  counts: z.array(count).max(1002),
  below_min: count.default(0).describe('Values below the reference’s minimum.'),
  above_max: count.default(0),
  grid: z
    .strictObject({ edges, counts: z.array(count).max(1001), sums: z.array(z.number()).max(1001) })
    .nullable()
    .default(null),
})

const categorical = z.strictObject({
  kind: z.literal('categorical'),
  ...head,
  values: z.array(z.tuple([z.string(), count])).max(10_000),
  other: count.default(0).describe('Rows whose value is not listed.'),
  distinct: count.optional(),
})

const boolean = z.strictObject({ kind: z.literal('boolean'), ...head, trues: count })

/** Counts in place of values: what `GET …/profiles` and the reference of a drift series say of a window. */
export const profileSchema = z.discriminatedUnion('kind', [numeric, categorical, boolean])

const total = (counts: readonly number[]) => counts.reduce((sum, one) => sum + one, 0)

function numericProfile(input: z.output<typeof numeric>, side: SideName): NumericProfile {
  const { below_min, above_max, ...rest } = input
  const slots =
    input.bins.edges.length + { quantile: 1, quantile_low_guard: 2, discrete: 1 }[input.bins.method]
  if (input.counts.length !== slots)
    throw invalidField(
      `/${side}/counts`,
      `/${side}/counts: must have ${slots} members for these bins.`,
      'length',
    )
  const { grid } = input
  const cells = (grid?.edges.length ?? 0) + 1
  if (grid && (grid.counts.length !== cells || grid.sums.length !== cells))
    throw invalidField(`/${side}/grid`, `/${side}/grid: must have ${cells} counts and sums.`, 'length')
  const finite = input.rows - input.missing - input.infinite
  for (const counts of grid ? [input.counts, grid.counts] : [input.counts]) {
    if (total(counts) === finite) continue
    const what = `the counts add up to ${total(counts)}, the finite rows are ${finite}`
    throw invalidField(`/${side}/counts`, `/${side}/counts: ${what}.`, 'sum')
  }
  return { ...rest, belowMin: below_min, aboveMax: above_max }
}

/** A profile that was sent along. Errors: `invalid` where it contradicts itself. */
export function readProfile(value: unknown, side: SideName): Profile {
  const input = parseInput(profileSchema, value, `/${side}`)
  if (input.kind === 'numeric') return numericProfile(input, side)
  const counted = input.kind === 'boolean' ? input.trues : total(input.values.map(([, n]) => n)) + input.other
  const present = input.rows - input.missing
  const isRight = input.kind === 'boolean' ? counted <= present : counted === present
  if (!isRight)
    throw invalidField(
      `/${side}/rows`,
      `/${side}/rows: ${present} rows have a value, ${counted} are counted.`,
      'sum',
    )
  if (input.kind === 'boolean') return input
  const { distinct, ...rest } = input
  return distinct === undefined ? rest : { ...rest, distinct }
}

/** Both on the same bins. Errors: `invalid`. */
export function requireComparable(reference: Profile, window: Profile): void {
  if (reference.kind !== 'numeric' || window.kind !== 'numeric') return
  try {
    requireSameBins(reference, window)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw invalidField('/current/bins', '/current/bins: must be the bins and grid of the reference.', 'bins')
  }
}
