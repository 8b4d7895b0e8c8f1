import type { Context } from '@/lib/core/context'
import type { ColumnProfile } from '@/lib/offline'
import { profileHeads } from '@/lib/profiles'
import { parseFeatureReference } from '@/lib/registry'
import { leastRows } from './confidential'
import { featureTerms, watchedGroups } from './queries'
import { readerView } from './reader-view'
import { format } from './stored'

const mostValues = 12

/** The shape of a column in a few counts: its histogram, its trues and falses, or its most frequent values. */
function shapeOf({ histogram, trues, rows, nulls, top }: ColumnProfile): number[] {
  if (histogram) return histogram.counts
  if (trues !== null) return [rows - nulls - trues, trues]
  return top.slice(0, mostValues).map(({ count }) => count)
}

/**
 * Small distributions of many features (`group:feature`) at once, from what was counted last: counts from left to
 * right. Features that the caller may not see statistics of, or that were never counted, are left out.
 */
export async function getDistributions(
  ctx: Context,
  names: readonly string[],
  environment = ctx.environment,
): Promise<Map<string, number[]>> {
  const wanted = names.map((name) => ({ name, reference: parseFeatureReference(name) }))
  const groupNames = [...new Set(wanted.flatMap(({ reference }) => reference?.group ?? []))]
  const groups = await watchedGroups(ctx, environment, groupNames)
  const versionIds = groups.flatMap(({ versionId }) => versionId ?? [])
  if (versionIds.length === 0) return new Map()
  const asked = wanted.flatMap(({ reference }) => reference?.feature ?? [])
  const [heads, terms] = await Promise.all([
    profileHeads(
      { versionIds, environment, features: [...new Set(asked)], span: 'whole', format },
      'profile',
    ),
    featureTerms(versionIds),
  ])
  // Written by the statistics in this format alone.
  const profiles = new Map(
    heads.map((head) => [`${head.versionId} ${head.feature}`, head.member as ColumnProfile]),
  )
  const views = new Map(
    groups.map((group) => [
      group.name,
      readerView(ctx, group, terms.get(group.versionId ?? '') ?? new Map(), environment),
    ]),
  )
  const found = wanted.flatMap(({ name, reference }): [string, number[]][] => {
    const group = groups.find((one) => one.name === reference?.group)
    const profile = profiles.get(`${group?.versionId} ${reference?.feature}`)
    const sight = views.get(group?.name ?? '')?.sight(reference?.feature ?? '')
    if (!profile || (sight !== 'open' && sight !== 'masked')) return []
    const shape = shapeOf(profile)
    const isRare =
      profile.rows - profile.nulls < leastRows || shape.some((count) => 0 < count && count < leastRows)
    return isRare && sight === 'masked' ? [] : [[name, shape]]
  })
  return new Map(found)
}
