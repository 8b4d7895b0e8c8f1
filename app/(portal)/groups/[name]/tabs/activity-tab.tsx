import { Suspense } from 'react'
import { ActivityTable } from '@/components/feature-group/activity-table'
import { SkeletonText } from '@/components/ui/skeleton'
import { getActivity } from '@/lib/catalog'
import { AssetDiscussion } from '../../../asset-discussion'
import { type GroupView, type PageParams, textOf } from '../load-group'
import { Part } from '../part'

const sizeOf = (text: string | null) => (text !== null && /^(25|50|100|200)$/.test(text) ? Number(text) : 50)

/** What was changed about the group, by whom and why. */
export function ActivityTab({ view, query }: { view: GroupView; query: PageParams }) {
  const { group, environment, acts } = view
  const cursor = textOf(query.cursor)
  const limit = sizeOf(textOf(query.limit))
  return (
    <div className="flex flex-col gap-8">
      <Suspense fallback={<SkeletonText lines={4} />}>
        <AssetDiscussion kind="group" name={group.name} />
      </Suspense>
      <Part
        what="The activity"
        environment={environment}
        work={(ctx) => getActivity(ctx, group.name, { limit, ...(cursor ? { cursor } : {}) })}
      >
        {(page) => (
          <ActivityTable
            page={page}
            cursor={cursor}
            limit={limit}
            auditHref={
              acts.audit.allowed
                ? `/governance/audit?resource=${encodeURIComponent(`group:${group.name}`)}`
                : null
            }
          />
        )}
      </Part>
    </div>
  )
}
