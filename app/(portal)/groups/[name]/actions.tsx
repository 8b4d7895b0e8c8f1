import { GroupActions } from '@/components/feature-group/group-actions'
import { formHref } from '@/components/feature-group/place'
import { UseIt } from '@/components/use-it/use-it'
import type { GroupView } from './load-group'
import { usableAsset } from './usable-asset'

/** Use it, and the menu of everything else. */
export function Actions({ view }: { view: GroupView }) {
  const { group, place, acts, environment, isHere } = view
  const asset = usableAsset(view)
  return (
    <GroupActions
      group={group.name}
      version={group.version}
      state={group.state}
      ingestHref={formHref(place, 'ingest')}
      deprecateHref={formHref(place, 'deprecate')}
      definitionHref={`/api/v1/feature-groups/${encodeURIComponent(group.name)}/versions/${group.version}`}
      acts={acts}
    >
      {isHere && asset.features.length > 0 ? <UseIt asset={asset} environment={environment} /> : null}
    </GroupActions>
  )
}
