import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { isNumericType } from '@/lib/core/feature-type'
import { assertReadable, getFeatureGroup, readFacts } from '@/lib/registry'
import type { LeftOut } from '../operations'
import { type FoundFeature, requireFeature } from '../require-feature'

/** Features of one entity, whose values can stand in one row. */
export interface SharedEntity {
  entity: string
  features: FoundFeature[]
}

export interface Chosen {
  entities: SharedEntity[]
  leftOut: LeftOut[]
}

/** Why a feature is no part of a correlation; null: it is one. */
function refusalOf(ctx: Context, { version, feature }: FoundFeature): string | null {
  if (!isNumericType(feature.type) && feature.type.kind !== 'bool')
    return `${feature.typeText} has no order: numbers and truth values are compared.`
  // Beside a column of one's own that is 1 for one key and 0 for all others, a coefficient is that key's value.
  if (feature.permittedUse.includes('aggregate_only'))
    return 'It is for aggregates only, and a coefficient can be made to tell a single value.'
  const { allowed, rule } = decide(ctx, 'group:read_offline', readFacts(version, [feature]))
  if (!allowed) return `You may not read its history: ${rule}`
  if (version.state === 'draft' || version.state === 'in_review') return 'It is not served yet.'
  try {
    assertReadable(ctx, version)
    return null
  } catch (error) {
    if (error instanceof DomainError) return error.message
    throw error
  }
}

async function foundOrReason(ctx: Context, reference: string, at: number): Promise<FoundFeature | LeftOut> {
  try {
    const found = await requireFeature(ctx, reference, `/features/${at}`)
    const reason = refusalOf(ctx, found)
    return reason === null ? found : { feature: reference, reason }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'not_found') throw error
    return { feature: reference, reason: 'It is not there, or not open to you.' }
  }
}

const isFound = (one: FoundFeature | LeftOut): one is FoundFeature => 'version' in one

async function entitiesOf(ctx: Context, found: readonly FoundFeature[]): Promise<Map<string, string | null>> {
  const groups = [...new Set(found.map(({ version }) => version.groupName))]
  const entries = await Promise.all(
    groups.map(async (group) => [group, (await getFeatureGroup(ctx, group)).entity] as const),
  )
  return new Map(entries)
}

function alone(entity: string | null, features: readonly FoundFeature[]): LeftOut[] {
  const reason =
    entity === null
      ? 'Its group has no key: one row, nothing to compare over.'
      : `No other feature here is of ${entity}, so no row holds it beside another.`
  return features.map(({ reference }) => ({ feature: reference, reason }))
}

/** Which features are correlated with which. Errors: `invalid` for what is no reference or a label. */
export async function choose(ctx: Context, references: readonly string[]): Promise<Chosen> {
  const asked = await Promise.all(references.map((reference, at) => foundOrReason(ctx, reference, at)))
  const found = asked.filter(isFound)
  const entityOf = await entitiesOf(ctx, found)
  const entities = new Set(found.map(({ version }) => entityOf.get(version.groupName) ?? null))
  const chosen: Chosen = { entities: [], leftOut: asked.flatMap((one) => (isFound(one) ? [] : [one])) }
  for (const entity of entities) {
    const features = found.filter(({ version }) => (entityOf.get(version.groupName) ?? null) === entity)
    if (entity === null || features.length < 2) chosen.leftOut.push(...alone(entity, features))
    else chosen.entities.push({ entity, features })
  }
  return chosen
}
