'use client'
import type { GroupResource } from '@/lib/registry/operations'
import { goesOn } from './goes-on'
import { referenceOf, Successor, useDefinition } from './successor'

interface PinnedNoteProps {
  reference: string
  environment: string
  isSelected: (reference: string) => boolean
  onUse: (reference: string) => void
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
