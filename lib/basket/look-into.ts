import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseFeatureReference, parseGroupReference, replacementFor } from '@/lib/registry'
import type { BasketLine } from './operations'
import { type FoundFeature, requireFeature } from './require-feature'

/** Null: not there, or not for this caller, which is the same to them. */
async function foundOr(ctx: Context, reference: string): Promise<FoundFeature | null> {
  try {
    return await requireFeature(ctx, reference, '/features')
  } catch (error) {
    if (error instanceof DomainError && (error.code === 'not_found' || error.code === 'invalid')) return null
    throw error
  }
}

/** The feature of the same name in what replaces its version; null where there is none that the caller may know of. */
async function swapOf(ctx: Context, { version, feature }: FoundFeature): Promise<string | null> {
  const replacement = replacementFor(ctx, version)
  const parsed = replacement === null ? null : parseGroupReference(replacement)
  if (!parsed) return null
  const reference = `${replacement}:${feature.name}`
  return (await foundOr(ctx, reference)) ? reference : null
}

async function lineOf(ctx: Context, found: FoundFeature): Promise<BasketLine> {
  const { reference, version, feature } = found
  const isLeaving = version.state === 'deprecated' || version.state === 'archived'
  return {
    feature: reference,
    found: {
      group: version.groupName,
      version: version.major,
      promoted: version.promoted,
      name: feature.name,
      type: feature.typeText,
      owner_team: version.team,
      lifecycle: version.state,
      classification: feature.classification,
      sunset_at: version.sunsetAt,
      replacement: isLeaving ? replacementFor(ctx, version) : null,
      swap: isLeaving ? await swapOf(ctx, found) : null,
    },
  }
}

/** What became of each feature that was put aside, in their order. */
export async function lookInto(ctx: Context, references: readonly string[]): Promise<BasketLine[]> {
  const wanted = references.filter((reference) => parseFeatureReference(reference) !== null)
  return Promise.all(
    wanted.map(async (reference) => {
      const found = await foundOr(ctx, reference)
      return found ? lineOf(ctx, found) : { feature: reference, found: null }
    }),
  )
}
