import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { formatFeatureType } from '@/lib/core/feature-type'
import {
  allowRead,
  type Column,
  type HistoricalPlan,
  type HistoricalSelection,
  keyColumns,
  type PlannedGroup,
  planHistorical,
} from '@/lib/offline'
import {
  describedFeature,
  parseFeatureReference,
  replacementFor,
  requirePermittedUse,
  resolveVersion,
  type ServingFeature,
  type ServingVersion,
} from '@/lib/registry'
import type { DatasetSpec } from './types'

export interface PlannedLabel extends PlannedGroup {
  feature: ServingFeature
  horizonSeconds: number
}

/** The features and label of a dataset; names, rights and lifecycle are checked, nothing is read. */
export interface DatasetPlan {
  features: HistoricalPlan
  label: PlannedLabel | null
  /** Spine columns that serve as keys of features or label. */
  spineKeys: Column[]
  /** Names of all columns that the join adds, in their order. */
  outputs: { name: string; source: string; role: 'feature' | 'label'; feature: ServingFeature }[]
}

type PlanInput = Pick<
  DatasetSpec,
  'features' | 'full_feature_names' | 'join_keys' | 'timestamp_column' | 'label'
> & { feature_service?: string | undefined; service_version?: number | undefined }

/** From deprecation on nothing new may build on a version; what is there is read until its sunset. */
export function refuseDeprecated(ctx: Context, version: ServingVersion, pointer: string): void {
  if (version.state !== 'deprecated') return
  const name = `${version.groupName}@${version.major}`
  const replacement = replacementFor(ctx, version)
  const instead = replacement === null ? '' : ` Use ${replacement} instead.`
  const reason = `${name} is deprecated, so no new dataset may name it.${instead}`
  throw new DomainError('conflict', reason, {
    errors: [{ pointer, reason, code: 'deprecated' }],
    extensions: { replacement },
  })
}

async function planLabel(
  ctx: Context,
  label: { feature: string; keys: Record<string, string> },
): Promise<PlannedLabel> {
  const parsed = parseFeatureReference(label.feature)
  if (!parsed) {
    const text = label.feature.slice(0, 80)
    throw invalidField('/label', `\`${text}\` is not group:feature or group@version:feature`, 'reference')
  }
  const reference = { group: parsed.group, ...(parsed.version === null ? {} : { version: parsed.version }) }
  const version = await resolveVersion(ctx, reference, ctx.environment)
  const feature = describedFeature(ctx, version, parsed.feature)
  if (feature.role !== 'label' || feature.horizonSeconds === null) {
    throw invalidField('/label', `${label.feature} is a feature, not a label`, 'not_a_label')
  }
  const keys = keyColumns(version.keys, label.keys, version.groupName)
  const read = await allowRead(ctx, version, [feature], 'dataset:create')
  return { alias: version.groupName, read, keys, feature, horizonSeconds: feature.horizonSeconds }
}

/** Features and label may share a spine column only when they type it alike. */
function spineKeysOf(features: HistoricalPlan, label: PlannedLabel | null): Column[] {
  const columns = new Map(features.spineKeys.map((column) => [column.name, column]))
  for (const { name, type } of label?.read.version.keys ?? []) {
    const column = label?.keys[name] ?? name
    const present = columns.get(column)
    if (present && formatFeatureType(present.type) !== formatFeatureType(type)) {
      throw invalidField(
        '/label',
        `Spine column \`${column}\` would be both ${formatFeatureType(present.type)} and ${formatFeatureType(type)}.`,
        'key_type',
      )
    }
    columns.set(column, { name: column, type })
  }
  return [...columns.values()]
}

const sourceOf = ({ read, alias }: PlannedGroup, feature: string): string =>
  alias === read.version.groupName
    ? `${alias}@${read.version.major}:${feature}`
    : `${alias}=${read.version.groupName}@${read.version.major}:${feature}`

function outputsOf(
  plan: HistoricalPlan,
  label: PlannedLabel | null,
  fullNames: boolean,
): DatasetPlan['outputs'] {
  const outputs = plan.outputs.map(({ group, feature: name, as }): DatasetPlan['outputs'][number] => {
    const planned = plan.groups[group]
    const feature = planned?.read.features.find((one) => one.name === name)
    if (!planned || !feature) throw new TypeError(`The plan has no feature ${name}`)
    return { name: as, source: sourceOf(planned, name), role: 'feature', feature }
  })
  if (!label) return outputs
  const name = fullNames ? `${label.alias}__${label.feature.name}` : label.feature.name
  return [
    ...outputs,
    { name, source: sourceOf(label, label.feature.name), role: 'label', feature: label.feature },
  ]
}

/**
 * Resolves what a dataset takes from which version, and allows it. `isNew` refuses deprecated versions, which a
 * re-creation may still read. Errors: not_found naming what is unknown, forbidden, conflict, gone, invalid.
 */
export async function planDataset(ctx: Context, input: PlanInput, isNew: boolean): Promise<DatasetPlan> {
  const asked = input.feature_service === undefined ? { features: input.features } : {}
  const selection: HistoricalSelection = {
    ...asked,
    feature_service: input.feature_service,
    service_version: input.service_version,
    full_feature_names: input.full_feature_names,
    join_keys: input.join_keys,
    timestamp_column: input.timestamp_column,
  }
  const features = await planHistorical(ctx, selection, 'dataset:create')
  const label = input.label ? await planLabel(ctx, input.label) : null
  const reads = [...features.groups.map(({ read }) => read), ...(label ? [label.read] : [])]
  await requirePermittedUse(ctx, 'dataset:create', reads)
  if (isNew) {
    const pointer = input.feature_service === undefined ? '/features' : '/feature_service'
    for (const { read } of features.groups) refuseDeprecated(ctx, read.version, pointer)
    if (label) refuseDeprecated(ctx, label.read.version, '/label')
  }
  const fullNames = input.full_feature_names || (features.service?.fullFeatureNames ?? false)
  return {
    features,
    label,
    spineKeys: spineKeysOf(features, label),
    outputs: outputsOf(features, label, fullNames),
  }
}

/** References with their versions pinned, which mean the same whatever is promoted later. */
export function pinned(plan: DatasetPlan, input: PlanInput): Pick<DatasetSpec, 'features' | 'join_keys'> {
  const features = plan.features.outputs.map(({ group, feature }) => {
    const planned = plan.features.groups[group]
    if (!planned) throw new TypeError(`The plan has no group ${group}`)
    const { groupName, major } = planned.read.version
    return planned.alias === groupName ? `${groupName}@${major}:${feature}` : `${planned.alias}:${feature}`
  })
  const majorOf = (alias: string) => plan.features.groups.find((group) => group.alias === alias)?.read.version
  const joinKeys = Object.entries(input.join_keys).map(([alias, entry]) => {
    const version = majorOf(alias)
    const isRole = typeof entry.group === 'string' && typeof entry.keys === 'object'
    return [alias, isRole && version ? { ...entry, group: `${version.groupName}@${version.major}` } : entry]
  })
  return { features, join_keys: Object.fromEntries(joinKeys) }
}
