import { inArray } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { featureGroupVersions as groupVersions, type ServiceFeature } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { DomainError, type FieldError, invalid } from '@/lib/core/errors'
import { closeEdge, type Edge, edgesOf, recordEdge } from '@/lib/edges'
import { replacementFor } from './deprecation'
import { readFacts, resolveFeatures } from './resolve-features'
import { strictest } from './service-queries'
import type { FeatureSelection } from './types'

export interface Selection {
  features: ServiceFeature[]
  selections: FeatureSelection[]
  classification: ReturnType<typeof strictest>
}

/** Twice the same is a slip; the same name from two groups needs full names in the answer. */
function nameFaults(selections: FeatureSelection[], fullFeatureNames: boolean): FieldError[] {
  const seen = new Map<string, FeatureSelection>()
  return selections.flatMap(({ version, feature, reference }, at) => {
    const name = fullFeatureNames ? `${version.groupName}__${feature.name}` : feature.name
    const first = seen.get(name)
    if (!first) {
      seen.set(name, { version, feature, reference })
      return []
    }
    const same = first.version.groupId === version.groupId
    const reason = same
      ? `\`${reference}\` is selected already, as ${first.reference}`
      : `\`${feature.name}\` also comes from ${first.version.groupName}: set full_feature_names to keep both`
    return [{ pointer: `/features/${at}`, reason, code: same ? 'duplicate' : 'ambiguous_name' }]
  })
}

/** Only what is active and stays may be named anew. */
function requireLasting(ctx: Context, { version, reference }: FeatureSelection): void {
  if (version.state === 'active') return
  const replacement = replacementFor(ctx, version)
  const instead = replacement ? ` Use ${replacement}.` : ''
  throw new DomainError(
    'conflict',
    `${reference} means ${version.groupName}@${version.major}, which is ${version.state.replace('_', ' ')}: a new service cannot name it.${instead}`,
    { extensions: { replacement } },
  )
}

/**
 * Pins each reference to the major version that the environment serves now.
 * Errors: `not_found` naming what is unknown, `conflict` for a version that is not active, `invalid` for labels,
 * duplicates and ambiguous names.
 */
export async function selectFeatures(
  ctx: Context,
  references: string[],
  options: { environment: string; fullFeatureNames: boolean },
): Promise<Selection> {
  const { selections } = await resolveFeatures(ctx, { features: references }, options.environment)
  const faults = nameFaults(selections, options.fullFeatureNames)
  if (faults.length > 0) throw invalid(faults[0]?.reason ?? '', faults)
  for (const one of selections) requireLasting(ctx, one)
  return {
    selections,
    features: selections.map(({ version, feature }) => ({
      group: version.groupName,
      groupId: version.groupId,
      version: version.major,
      feature: feature.name,
    })),
    classification: strictest(
      selections.map(({ version, feature }) => readFacts(version, [feature]).classification),
    ),
  }
}

/** A version may have been deprecated since it was looked at: it is held until the service is saved. */
export async function holdVersions(
  tx: Transaction,
  ctx: Context,
  selections: FeatureSelection[],
): Promise<void> {
  const rows = await tx
    .select({ id: groupVersions.id, state: groupVersions.state })
    .from(groupVersions)
    .where(inArray(groupVersions.id, [...new Set(selections.map((one) => one.version.versionId))]))
    .for('share')
  for (const one of selections) {
    const state = rows.find((row) => row.id === one.version.versionId)?.state ?? 'archived'
    requireLasting(ctx, { ...one, version: { ...one.version, state } })
  }
}

/** Writes which features and groups the service reads, and ends what it reads no more. */
export async function recordSelection(
  tx: Transaction,
  ctx: Context,
  service: string,
  features: ServiceFeature[],
): Promise<void> {
  const to = { kind: 'service' as const, name: service }
  const relation = 'selected_by'
  const groups = new Set(features.map((one) => one.group))
  const wanted: Edge[] = [
    ...[...groups].map((name) => ({ from: { kind: 'group' as const, name }, to, relation })),
    ...features.map(({ group, feature }) => ({
      from: { kind: 'feature' as const, name: `${group}:${feature}` },
      to,
      relation,
    })),
  ]
  const at = ctx.now()
  const open = await edgesOf(to, 'up', tx)
  for (const { fromKind, fromName } of open.filter((edge) => edge.relation === relation)) {
    const kind = fromKind === 'group' ? 'group' : 'feature'
    if (wanted.some(({ from }) => from.kind === kind && from.name === fromName)) continue
    await closeEdge(tx, { from: { kind, name: fromName }, to, relation }, at)
  }
  for (const edge of wanted) await recordEdge(tx, { ...edge, author: ctx.actor.id, at })
}
