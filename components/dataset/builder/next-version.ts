import { z } from 'zod'
import type { BuilderChoices, DatasetVersionResource } from '@/lib/datasets/operations'
import { type Draft, emptyDraft } from './draft'

const texts = z.record(z.string(), z.string())
const keyMaps = z.record(z.string(), z.union([z.object({ group: z.string(), keys: texts }), texts]))

/** What a version was built from, as far as the form has fields for it. */
const specSchema = z.object({
  features: z.array(z.string()).default([]),
  feature_service: z.object({ name: z.string() }).nullish(),
  full_feature_names: z.boolean().default(false),
  join_keys: keyMaps.default({}),
  timestamp_column: z.string().default(''),
  label: z.object({ feature: z.string(), keys: texts }).nullish(),
  spine: z
    .object({
      kind: z.string(),
      group: z.string().optional(),
      from: z.string().nullish(),
      to: z.string().nullish(),
      dataset: z.string().optional(),
      name: z.string().optional(),
    })
    .optional(),
  split: z.union([
    z.object({ by: z.literal('time'), test_from: z.string(), validation_from: z.string().nullish() }),
    z.object({ by: z.literal('fraction'), test: z.number(), validation: z.number(), seed: z.number() }),
    z.null().optional(),
  ]),
  purpose: z.string().nullish(),
})
type Spec = z.output<typeof specSchema>

const dayOf = (instant: string | null | undefined) => instant?.slice(0, 10) ?? ''
const unversioned = (reference: string) => reference.replace(/@\d+(?=:)/, '')

function rowsOf({ spine, timestamp_column: timestamp }: Spec, choices: BuilderChoices): Partial<Draft> {
  if (spine?.kind === 'group' && choices.label_groups.some(({ group }) => group === spine.group))
    return {
      spine: 'group',
      group: spine.group ?? '',
      rangeFrom: dayOf(spine.from),
      rangeTo: dayOf(spine.to),
    }
  if (spine?.kind === 'dataset' && choices.datasets.some(({ name }) => name === spine.dataset))
    return { spine: 'dataset', dataset: spine.dataset ?? '', timestamp }
  return { spine: 'upload' }
}

/** Key columns by group; a group in a role is named by its alias and stays among what is carried. */
const keysOf = ({ join_keys: maps }: Spec): Draft['keys'] =>
  Object.fromEntries(
    Object.entries(maps).flatMap(([group, map]) => {
      const plain = texts.safeParse(map)
      return plain.success ? [[group, plain.data]] : []
    }),
  )

function splitOf({ split }: Spec): Partial<Draft> {
  if (split?.by === 'time') return { split: 'time', testFrom: dayOf(split.test_from) }
  if (split?.by === 'fraction')
    return { split: 'fraction', testShare: String(Number((split.test * 100).toFixed(6))) }
  return {}
}

const carriedOf = ({ full_feature_names, purpose, split, join_keys }: Spec): Draft['carried'] => ({
  ...(full_feature_names ? { full_feature_names } : {}),
  ...(purpose ? { purpose } : {}),
  ...(split ? { split } : {}),
  ...(Object.keys(join_keys).length > 0 ? { join_keys } : {}),
})

export interface NextVersion {
  draft: Draft
  /** The version that it was taken over from. */
  of: number
  /** What could not be taken over, in sentences. */
  left: string[]
}

/** The form as the version before was built; null where its reader may not know all of it. */
export function nextVersion(
  version: Pick<DatasetVersionResource, 'dataset' | 'version' | 'spec'>,
  description: string,
  choices: BuilderChoices,
): NextVersion | null {
  const spec = specSchema.safeParse(version.spec).data
  if (!spec || spec.features.length === 0) return null
  const service = choices.services.find(({ name }) => name === spec.feature_service?.name)
  const rows = rowsOf(spec, choices)
  const left = [
    ...(rows.spine === 'upload'
      ? [
          `Its rows${spec.spine?.name ? ` came in the file ${spec.spine.name}` : ' were sent'} and are sent anew.`,
        ]
      : []),
    ...(spec.feature_service && !service
      ? [`The service ${spec.feature_service.name} cannot be chosen here; its features are named one by one.`]
      : []),
    'Known at is left open, so that rows that came since are seen.',
  ]
  const draft: Draft = {
    ...emptyDraft(choices, version.dataset),
    description,
    from: service ? 'service' : 'features',
    service: service?.name ?? '',
    features: service ? '' : spec.features.join('\n'),
    ...rows,
    label: spec.label ? unversioned(spec.label.feature) : '',
    labelKeys: spec.label?.keys ?? {},
    keys: keysOf(spec),
    ...splitOf(spec),
    carried: carriedOf(spec),
  }
  return { draft, of: version.version, left }
}
