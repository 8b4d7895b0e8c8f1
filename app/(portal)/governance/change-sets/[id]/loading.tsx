import { Skeleton, SkeletonRows, SkeletonText } from '@/components/ui/skeleton'

export default function ChangeSetLoading() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton className="h-4 w-60" />
      <Skeleton className="h-6.5 w-64" />
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_300px]">
        <SkeletonRows rows={10} columns={4} />
        <SkeletonText lines={8} />
      </div>
    </div>
  )
}
