'use client'
import type { GroupResource } from '@/lib/registry/operations'
import { referenceOf, Successor, useDefinition } from './successor'

interface PinnedNoteProps {
  reference: string
  environment: string
  isSelected: (reference: string) => boolean
  onUse: (reference: string) => void
}

/** Where a selected feature goes on: a version that may not be named anew, or one newer than the pinned one. */
function goesOn(group: GroupResource, version: number): { text: string; to: string | null } | null {
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

/** Under a selected feature, while it is chosen: what speaks against its version, and what to take instead. */
export function PinnedNote({ reference, environment, isSelected, onUse }: PinnedNoteProps) {
  const { group, version, feature } = referenceOf(reference)
  const { data } = useDefinition<GroupResource>(group, null, environment)
  const found = data ? goesOn(data, version ?? data.version) : null
  if (!found) return null
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-1">
      <span className="text-12 text-warn">{found.text}</span>
      {found.to === null ? null : (
        <Successor
          of={found.to}
          feature={feature}
          environment={environment}
          isSelected={isSelected}
          onUse={onUse}
        />
      )}
    </span>
  )
}

/** Beside a feature that was found and may not be named anew: what takes its place, where its owner has said so. */
export function ClosedHit({ reference, environment, isSelected, onUse }: PinnedNoteProps) {
  const { group, feature } = referenceOf(reference)
  const { data } = useDefinition<GroupResource>(group, null, environment)
  const to = data?.deprecation?.replacement ?? null
  return to === null ? null : (
    <Successor of={to} feature={feature} environment={environment} isSelected={isSelected} onUse={onUse} />
  )
}
