import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { missingOf } from '../complete'
import { describedFeatures, requireVersion } from '../get-feature-group'
import { describedGroup, featuresOf } from '../queries'

const ofFeature = /^\/features\/(\d+)\//

/**
 * What the organisation asks for and a version does not fill, in words: with any of it, it is not submitted. What a
 * feature lacks that the caller may not know of is not told.
 */
export async function unfilledFields(ctx: Context, name: string, major: number): Promise<string[]> {
  const row = await describedGroup(ctx, name)
  const features = await featuresOf((await requireVersion(row, major)).id)
  const described = new Set(describedFeatures(ctx, row, features).map(({ id }) => id))
  const isTold = (pointer: string) => {
    const at = ofFeature.exec(pointer)?.[1]
    return at === undefined || described.has(features[Number(at)]?.id ?? '')
  }
  const errors = await missingOf(db(), row, features)
  return errors.filter(({ pointer }) => isTold(pointer)).map(({ reason }) => reason)
}
