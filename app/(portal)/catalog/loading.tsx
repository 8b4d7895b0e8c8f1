import { CatalogHeader } from '@/components/catalog/catalog-header'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function CatalogLoading() {
  return (
    <>
      <CatalogHeader view="list" mayRegister={false} />
      <div className="grid gap-6 md:grid-cols-[200px_minmax(0,1fr)]">
        <Skeleton className="h-96 max-md:hidden" />
        <SkeletonRows rows={14} columns={6} />
      </div>
    </>
  )
}
