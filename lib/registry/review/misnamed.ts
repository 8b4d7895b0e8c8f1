import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { readSetting } from '@/lib/settings'
import { describedFeatures, requireVersion } from '../get-feature-group'
import { namingFaults } from '../naming'
import { describedGroup, featuresOf, versionsOf } from '../queries'
import { namingSetting } from '../registry-settings'
import { followedBy } from './risk'

/**
 * What the organisation's naming rules have against names that a version brings, a sentence each: rules may have come
 * after it was written. Names of the version that it follows stay valid; what the caller may not know of is not told.
 */
export async function misnamed(ctx: Context, name: string, major: number): Promise<string[]> {
  const row = await describedGroup(ctx, name)
  const version = await requireVersion(row, major)
  const followed = followedBy(await versionsOf(row.group.id), major)
  const standing = new Set(followed ? (await featuresOf(followed.id)).map((one) => one.name) : [])
  const brought = describedFeatures(ctx, row, await featuresOf(version.id))
    .filter((one) => !standing.has(one.name))
    .map((one) => ({ kind: 'feature' as const, name: one.name, team: row.team }))
  const own = followed ? [] : [{ kind: 'group' as const, name, team: row.team }]
  const rules = await readSetting(db(), namingSetting)
  return [...own, ...brought].flatMap((one) =>
    namingFaults(rules, one).map((fault) => `\`${one.name}\`: ${fault.replace(/\.$/, '')}.`),
  )
}
