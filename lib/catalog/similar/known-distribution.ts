import { z } from 'zod'
import { quantilesOfDeciles } from '@/lib/core/deciles'
import { parseJson } from '@/lib/core/json'
import type { StoredProfile } from '@/lib/profiles'
import type { Distribution } from './compare-distributions'

/** What is read of a stored profile: the rest of it may change without this. */
const storedProfile = z.object({
  profile: z.object({
    rows: z.number(),
    nulls: z.number(),
    deciles: z.array(z.number()).nullable(),
    top: z.array(z.object({ value: z.string(), count: z.number() })),
    trues: z.number().nullable(),
  }),
})

const mostTop = 10

interface CountedColumn {
  rows: number
  nulls: number
  /** At 0.1 … 0.9. */
  deciles: number[] | null
  /** Values as text. */
  top: { value: string; count: number }[]
  trues: number | null
}

/** What a count of a column says of how its values lie; null for a column without values. */
function distributionOf({ rows, nulls, deciles, top, trues }: CountedColumn): Distribution | null {
  const values = rows - nulls
  if (values <= 0) return null
  const quantiles = quantilesOfDeciles(deciles)
  return {
    null_share: nulls / rows,
    ...(quantiles ? { quantiles } : {}),
    ...(quantiles === null && top.length > 0
      ? { top: top.slice(0, mostTop).map(({ value, count }): [string, number] => [value, count / values]) }
      : {}),
    ...(trues === null ? {} : { true_share: trues / values }),
  }
}

const textOf = (json: string): string => {
  const value = parseJson(json)
  return typeof value === 'string' ? value : json
}

export function storedDistribution({ statistics }: StoredProfile): Distribution | null {
  const read = storedProfile.safeParse(statistics)
  if (!read.success) return null
  const { profile } = read.data
  return distributionOf({
    ...profile,
    top: profile.top.map(({ value, count }) => ({ value: textOf(value), count })),
  })
}
