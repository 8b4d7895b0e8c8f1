import { Callout } from '@/components/ui/callout'
import { Time } from '@/components/ui/time'

interface ArchivalCalloutProps {
  archival: { reason: string; archived_at: string } | null
  /** Who can bring it back. */
  team: string
}

/** Why it is out of use, since when, and who can bring it back. */
export function ArchivalCallout({ archival, team }: ArchivalCalloutProps) {
  if (!archival) return null
  return (
    <Callout tone="note" title="Archived">
      {archival.reason}{' '}
      <span className="text-muted">
        Since <Time at={archival.archived_at} precision="minute" />; reads answer 410. Team {team} can restore
        it.
      </span>
    </Callout>
  )
}
