import { DeprecationCallout } from '@/components/feature-group/deprecation-callout'
import type { GroupResource } from '@/lib/registry/operations'
import { ArchivalCallout } from './archival-callout'

/** How a version ends: that it is archived, and that it was deprecated before. */
export const EndingCallouts = ({
  group,
}: {
  group: Pick<GroupResource, 'archival' | 'deprecation' | 'owner_team'>
}) => (
  <>
    <ArchivalCallout archival={group.archival} team={group.owner_team} />
    <DeprecationCallout deprecation={group.deprecation} isArchived={group.archival !== null} />
  </>
)
