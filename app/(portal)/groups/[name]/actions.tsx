import { restoreEffect } from '@/components/archive/words'
import { GroupActions } from '@/components/feature-group/group-actions'
import { formHref, groupHref } from '@/components/feature-group/place'
import { reviewHref } from '@/components/review/place'
import { ButtonLink } from '@/components/ui/button'
import { UseIt } from '@/components/use-it/use-it'
import type { GroupView } from './load-group'
import { isUsable, usableAsset } from './usable-asset'

/** The version that waits for a decision: one on its way, else the shown one where it is not served yet. */
function waitingOf({ group, place }: GroupView): { label: string; href: string } | null {
  const onItsWay = group.versions.find(({ state }) => state === 'draft' || state === 'in_review')
  if (onItsWay) {
    return {
      label: `Review version ${onItsWay.version}…`,
      href: reviewHref(group.name, onItsWay.version),
    }
  }
  const isUnserved =
    group.state === 'active' && group.environments.some(({ state }) => state === 'registered')
  return isUnserved ? { label: 'Promote…', href: groupHref(place, 'versions') } : null
}

/** Use it, and the menu of everything else. A version on its way cannot be used: it is reviewed. */
export function Actions({ view }: { view: GroupView }) {
  const { group, place, acts, environment } = view
  const isOnItsWay = group.state === 'draft' || group.state === 'in_review'
  return (
    <GroupActions
      group={group.name}
      version={group.version}
      state={group.state}
      ingestHref={formHref(place, 'ingest')}
      deprecateHref={formHref(place, 'deprecate')}
      archiveHref={formHref(place, 'archive')}
      restoreEffect={restoreEffect(group)}
      quarantineHref={formHref(place, 'quarantine')}
      runsHref={group.transformation ? formHref(place, 'runs') : null}
      review={waitingOf(view)}
      definitionHref={`/api/v1/feature-groups/${encodeURIComponent(group.name)}/versions/${group.version}`}
      acts={acts}
    >
      {isOnItsWay ? (
        <ButtonLink variant="primary" href={reviewHref(group.name, group.version)}>
          Review
        </ButtonLink>
      ) : null}
      {isUsable(view) ? (
        <UseIt asset={usableAsset(view)} environment={environment} mayRead={acts.read.allowed} />
      ) : null}
    </GroupActions>
  )
}
