import { PageHeader } from '@/components/layout/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <>
      <PageHeader
        title="Inbox"
        description="Who named you, what waits for you, and what changed in what you follow."
      />
      <div className="max-w-240">
        <SkeletonRows rows={6} columns={2} />
      </div>
    </>
  )
}
