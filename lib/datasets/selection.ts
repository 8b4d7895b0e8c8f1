import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { formatTimestamp } from '@/lib/core/feature-type'
import { instantMicros } from '@/lib/offline'
import type { SelectionInput } from './inputs'
import { fixedKnownAt } from './known-at'
import { type DatasetPlan, pinned, planDataset, refuseDeprecated } from './plan-dataset'
import { type SpineSource, spineSource, spineVersion, timestampColumnOf } from './spine/spine-source'
import type { DatasetSpec, SpineSpec, Split } from './types'

/** What a request was resolved to: every name found, every right checked, nothing read. */
export interface Selected {
  plan: DatasetPlan
  source: SpineSource
  timestampColumn: string
  knownAtMicros: bigint
  split: Split | null
}

const instantText = (text: string, pointer: string) => formatTimestamp(instantMicros(text, pointer))

function splitOf(split: SelectionInput['split']): Split | null {
  if (!split) return null
  if (split.by === 'fraction') return split
  const testFrom = instantText(split.test_from, '/split/test_from')
  const validationFrom =
    split.validation_from === null ? null : instantText(split.validation_from, '/split/validation_from')
  if (validationFrom !== null && validationFrom >= testFrom) {
    throw invalidField('/split/validation_from', 'must lie before `test_from`.', 'range')
  }
  return { by: 'time', test_from: testFrom, validation_from: validationFrom }
}

const planInput = (input: SelectionInput, timestampColumn: string) => ({
  features: input.features ?? [],
  feature_service: input.feature_service,
  service_version: input.service_version,
  full_feature_names: input.full_feature_names,
  join_keys: input.join_keys,
  timestamp_column: timestampColumn,
  label: input.label ?? null,
})

/** Errors: not_found, forbidden, conflict (deprecated), gone, invalid naming the member. */
export async function resolveSelection(ctx: Context, input: SelectionInput): Promise<Selected> {
  if ((input.features === undefined) === (input.feature_service === undefined)) {
    throw invalidField('/features', 'Name `features` or a `feature_service`, one of the two.', 'required')
  }
  const split = splitOf(input.split)
  const source = await spineSource(ctx, input.spine)
  const timestampColumn = timestampColumnOf(source, input.timestamp_column)
  const plan = await planDataset(ctx, planInput(input, timestampColumn), true)
  const ofSpine = spineVersion(source)
  if (ofSpine) refuseDeprecated(ctx, ofSpine, '/spine/group')
  const versions = [
    ...plan.features.groups.map(({ read }) => read.version),
    ...(plan.label ? [plan.label.read.version] : []),
    ...(ofSpine ? [ofSpine] : []),
  ]
  const knownAtMicros = await fixedKnownAt(ctx, input.known_at, versions)
  return { plan, source, timestampColumn, knownAtMicros, split }
}

/** What is kept of a request: it means the same whatever is promoted, renamed or re-saved later. */
export function specOf(selected: Selected, input: SelectionInput, spine: SpineSpec): DatasetSpec {
  const { plan, timestampColumn, split } = selected
  const { service } = plan.features
  const { label } = plan
  return {
    ...pinned(plan, planInput(input, timestampColumn)),
    feature_service: service ? { name: service.name, version: service.version } : null,
    full_feature_names: input.full_feature_names || (service?.fullFeatureNames ?? false),
    timestamp_column: timestampColumn,
    label: label
      ? {
          feature: `${label.read.version.groupName}@${label.read.version.major}:${label.feature.name}`,
          keys: label.keys,
        }
      : null,
    spine,
    split,
    purpose: input.purpose ?? null,
  }
}
