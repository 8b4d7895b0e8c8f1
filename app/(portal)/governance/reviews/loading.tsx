import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function ReviewsLoading() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton className="h-8.5 w-40" />
      <Skeleton className="h-5 w-xl max-w-full" />
      <Skeleton className="h-9 w-full" />
      <SkeletonRows rows={6} columns={5} />
    </div>
  )
}
