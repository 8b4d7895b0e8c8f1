import type { GroupResource } from '@/lib/registry/operations'

/** Where a selected feature goes on: a version that may not be named anew, or one newer than the pinned one. */
export function goesOn(
  group: Pick<GroupResource, 'name' | 'version' | 'state'> & {
    versions: readonly Pick<GroupResource['versions'][number], 'version' | 'state' | 'deprecation'>[]
  },
  version: number,
): { text: string; to: string | null } | null {
  const pinned = group.versions.find((one) => one.version === version)
  if (!pinned) return null
  const name = `${group.name}@${version}`
  const served = group.state === 'active' && group.version !== version ? group.version : null
  const newer = served === null ? null : `${group.name}@${served}`
  if (pinned.state === 'active')
    return newer !== null && group.version > version
      ? { text: `${newer} is served now; ${name} stays readable.`, to: newer }
      : null
  const to = pinned.deprecation?.replacement ?? newer
  const state = pinned.state.replace('_', ' ')
  return { text: `${name} is ${state}: what is saved now cannot name it.`, to }
}
