import { inArray } from 'drizzle-orm'
import { db } from '@/db/client'
import { features } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import type { ColumnProfile } from '@/lib/offline'
import { profileHeads } from '@/lib/profiles'
import { parseFeatureReference } from '@/lib/registry'
import { isConfidential, leastRows } from './confidential'
import { mayReadStatistics } from './day-strip'
import { watchedGroups } from './queries'
import { format } from './stored'

const mostValues = 12

/** The shape of a column in a few counts: its histogram, its trues and falses, or its most frequent values. */
function shapeOf({ histogram, trues, rows, nulls, top }: ColumnProfile): number[] {
  if (histogram) return histogram.counts
  if (trues !== null) return [rows - nulls - trues, trues]
  return top.slice(0, mostValues).map(({ count }) => count)
}

/** Versions and names of features with their own classification, where it is not the group's. */
async function classificationsOf(versionIds: string[]) {
  const rows = await db()
    .select({ versionId: features.versionId, name: features.name, classification: features.classification })
    .from(features)
    .where(inArray(features.versionId, versionIds))
  return new Map(rows.map(({ versionId, name, classification }) => [`${versionId} ${name}`, classification]))
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
  const [heads, classifications] = await Promise.all([
    profileHeads(
      { versionIds, environment, features: [...new Set(asked)], span: 'whole', format },
      'profile',
    ),
    classificationsOf(versionIds),
  ])
  // Written by the statistics in this format alone.
  const profiles = new Map(
    heads.map((head) => [`${head.versionId} ${head.feature}`, head.member as ColumnProfile]),
  )
  const found = wanted.flatMap(({ name, reference }): [string, number[]][] => {
    const group = groups.find((one) => one.name === reference?.group)
    const key = `${group?.versionId} ${reference?.feature}`
    const profile = profiles.get(key)
    if (!group || !profile) return []
    const classification = classifications.get(key) ?? group.classification
    if (!mayReadStatistics(ctx, { ...group, classification }, environment)) return []
    const shape = shapeOf(profile)
    const isRare =
      profile.rows - profile.nulls < leastRows || shape.some((count) => 0 < count && count < leastRows)
    return isRare && isConfidential({ classification }) ? [] : [[name, shape]]
  })
  return new Map(found)
}
