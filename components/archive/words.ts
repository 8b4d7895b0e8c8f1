import type { VersionResource } from '@/lib/registry/operations'

type Ending = Pick<VersionResource, 'state' | 'deprecation' | 'online'>

/** What a version is after it was restored, a sentence. */
export function restoreEffect({ state, deprecation, online }: Ending): string {
  if (state !== 'archived')
    return 'The version is active again: readers are no longer warned, and new services may name it.'
  const rows = online ? ' Its rows come back online by a job; until it is done reads say so.' : ''
  return deprecation
    ? `The version is deprecated again, as it was before it was archived.${rows}`
    : `The version is active again, and is served where it was.${rows}`
}

export const restorePath = (group: string, version: number) =>
  `/api/v1/feature-groups/${encodeURIComponent(group)}/versions/${version}/restore`
export const archivePath = (group: string, version: number) =>
  `/api/v1/feature-groups/${encodeURIComponent(group)}/versions/${version}/archive`
