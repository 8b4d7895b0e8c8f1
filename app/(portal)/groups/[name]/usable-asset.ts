import type { UsableAsset } from '@/components/use-it/asset'
import type { GroupView } from './load-group'

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
