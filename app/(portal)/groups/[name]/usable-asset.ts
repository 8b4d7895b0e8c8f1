import type { UsableAsset } from '@/components/use-it/asset'
import type { GroupView } from './load-group'

/** A version on its way, one that is archived and one that stands elsewhere are not read here. */
export const isUsable = ({ group, isHere }: GroupView): boolean =>
  isHere &&
  (group.state === 'active' || group.state === 'deprecated') &&
  group.features.some(({ role }) => role === 'feature')

/** What code needs to read the group; labels are predicted, never read. */
export const usableAsset = ({ group, environment }: GroupView): UsableAsset => ({
  group: group.name,
  version: group.version,
  promoted: group.environments.some(({ name, state }) => name === environment && state === 'promoted'),
  keys: group.keys,
  timestampKey: group.timestamp_key,
  online: group.online,
  features: group.features.filter(({ role }) => role === 'feature').map(({ name, type }) => ({ name, type })),
})
