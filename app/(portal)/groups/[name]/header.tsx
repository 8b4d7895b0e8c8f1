import { Suspense } from 'react'
import { GroupHeader } from '@/components/feature-group/group-header'
import type { GroupTab } from '@/components/feature-group/place'
import { Announced } from '../../announced'
import { AssetCertification } from '../../asset-certification'
import { FollowAsset } from '../../follow-asset'
import { Actions } from './actions'
import { Endings } from './endings'
import { GroupStrip, GroupVerdict, StripSkeleton, VerdictSkeleton } from './group-verdict'
import type { GroupView } from './load-group'

/** Title, what can be done, verdict and whatever changes how the page is read. */
export function Header({ view, tab }: { view: GroupView; tab: GroupTab }) {
  const status = (
    <>
      <Suspense fallback={<VerdictSkeleton />}>
        <GroupVerdict view={view} />
      </Suspense>
      <Endings group={view.group} />
      <Suspense>
        <Announced asset={{ kind: 'group', name: view.group.name }} />
      </Suspense>
    </>
  )
  return (
    <GroupHeader
      group={view.group}
      place={view.place}
      tab={tab}
      actions={
        <>
          <Suspense fallback={<StripSkeleton />}>
            <GroupStrip view={view} />
          </Suspense>
          <Suspense>
            <FollowAsset kind="group" name={view.group.name} />
          </Suspense>
          <Actions view={view} />
        </>
      }
      certification={
        <Suspense>
          <AssetCertification kind="group" name={view.group.name} />
        </Suspense>
      }
      status={status}
    />
  )
}
