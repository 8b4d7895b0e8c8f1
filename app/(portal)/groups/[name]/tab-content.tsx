import type { GroupTab } from '@/components/feature-group/place'
import { Skeleton, SkeletonRows, SkeletonText } from '@/components/ui/skeleton'
import type { GroupView, PageParams } from './load-group'
import { AccessTab } from './tabs/access-tab'
import { ActivityTab } from './tabs/activity-tab'
import { ContractTab } from './tabs/contract-tab'
import { DataTab } from './tabs/data-tab'
import { FeaturesTab } from './tabs/features-tab'
import { LineageTab } from './tabs/lineage-tab'
import { OverviewTab } from './tabs/overview-tab'
import { QualityTab } from './tabs/quality-tab'
import { UsageTab } from './tabs/usage-tab'
import { VersionsTab } from './tabs/versions-tab'

interface TabProps {
  tab: GroupTab
  view: GroupView
  query: PageParams
}

export function GroupTabContent({ tab, view, query }: TabProps) {
  switch (tab) {
    case 'overview':
      return <OverviewTab view={view} />
    case 'features':
      return <FeaturesTab view={view} query={query} />
    case 'data':
      return <DataTab view={view} query={query} />
    case 'quality':
      return <QualityTab view={view} query={query} />
    case 'lineage':
      return <LineageTab view={view} />
    case 'versions':
      return <VersionsTab view={view} query={query} />
    case 'contract':
      return <ContractTab view={view} />
    case 'usage':
      return <UsageTab view={view} />
    case 'access':
      return <AccessTab view={view} />
    case 'activity':
      return <ActivityTab view={view} query={query} />
  }
}

/** The tab's shape while it loads. */
export function TabSkeleton({ tab }: { tab: GroupTab }) {
  if (tab === 'quality' || tab === 'usage') {
    return (
      <div className="flex flex-col gap-6">
        <Skeleton className="h-56" />
        <SkeletonRows rows={8} columns={5} />
      </div>
    )
  }
  if (tab === 'overview') {
    return (
      <div className="grid gap-10 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <SkeletonText lines={12} />
        <SkeletonRows rows={12} columns={1} />
      </div>
    )
  }
  return <SkeletonRows rows={14} columns={5} />
}
