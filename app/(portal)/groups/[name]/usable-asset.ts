import type { Ended, UsableAsset } from '@/components/use-it/asset'
import type { GroupResource } from '@/lib/registry/operations'

interface Usable {
  group: GroupResource
  environment: string
  ended: Ended | null
  successor: { group: GroupResource; ended: null; successor: null } | null
}

/** A version on its way, one that is archived and one that stands elsewhere are not read here. */
export const isUsable = ({ group, isHere }: { group: GroupResource; isHere: boolean }): boolean =>
  isHere &&
  (group.state === 'active' || group.state === 'deprecated') &&
  group.features.some(({ role }) => role === 'feature')

/** What code needs to read the group; labels are predicted, never read. */
export const usableAsset = ({ group, environment, ...ending }: Usable): UsableAsset => ({
  group: group.name,
  version: group.version,
  promoted: group.environments.some(({ name, state }) => name === environment && state === 'promoted'),
  keys: group.keys,
  timestampKey: group.timestamp_key,
  online: group.online,
  features: group.features.filter(({ role }) => role === 'feature').map(({ name, type }) => ({ name, type })),
  ended: ending.ended ? [ending.ended] : [],
  successor: ending.successor && usableAsset({ ...ending.successor, environment }),
})

/** One feature of it; of a successor the one called alike, else all. */
export function usableFeature(asset: UsableAsset, feature: string): UsableAsset {
  const named = asset.features.filter(({ name }) => name === feature)
  return {
    ...asset,
    features: named.length > 0 ? named : asset.features,
    successor: asset.successor ? usableFeature(asset.successor, feature) : null,
  }
}
