import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function RunLoading() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-4 w-60" />
      <Skeleton className="h-6.5 w-72" />
      <SkeletonRows rows={8} columns={4} />
    </div>
  )
}
