import { durationSeconds } from '@/lib/core/duration'
import { featureDefinition, type VersionDefinition } from './definition'
import { type Change, diffDefinitions, isCompatible } from './diff'
import { featureInput } from './feature-input'
import type { GroupResource } from './resources'
import { needsReview, strictestOf } from './rules'

/** What a change of the schema would become. */
export interface ChangePreview {
  changes: Change[]
  compatible: boolean
  /** Whether a second person decides. */
  review: boolean
}

const secondsOrNull = (duration: string | null) => (duration === null ? null : durationSeconds(duration))

const definitionOf = (group: GroupResource): VersionDefinition => ({
  keys: group.keys,
  timestampKey: group.timestamp_key,
  ttlSeconds: secondsOrNull(group.ttl),
  sourceDelaySeconds: secondsOrNull(group.source_delay) ?? 0,
  allowedSkewSeconds: secondsOrNull(group.allowed_skew) ?? 0,
  online: group.online,
  source: { kind: 'push' },
  inputs: group.inputs,
  transformation: null,
  features: group.features.map((feature) => featureDefinition(featureInput.parse(feature))),
})

interface Changed {
  /** As `POST …/versions` takes them; looked at here. */
  features: readonly unknown[]
  ttl: string | null
}

/**
 * What the server would make of other features and another time to live, by its own rules; null while a feature is not
 * yet one. Pure, for forms: source and transformation count as they are.
 */
export function previewChange(group: GroupResource, { features, ttl }: Changed): ChangePreview | null {
  const parsed = features.map((feature) => featureInput.safeParse(feature))
  const next = parsed.flatMap(({ data }) => (data ? [data] : []))
  if (next.length < parsed.length) return null
  const old = definitionOf(group)
  const changes = diffDefinitions(old, {
    ...old,
    ttlSeconds: secondsOrNull(ttl),
    features: next.map(featureDefinition),
  })
  const compatible = isCompatible(changes)
  const freed = changes.some(({ field }) => field.endsWith('.permitted_use')) && compatible
  const strictest = strictestOf({ group }, [...group.features, ...next])
  const review = freed || needsReview(strictest, compatible ? 'compatible' : 'breaking')
  return { changes, compatible, review }
}
