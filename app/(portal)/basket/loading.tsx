import { PageHeader } from '@/components/layout/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <>
      <PageHeader title="Basket" />
      <SkeletonRows rows={14} columns={4} />
    </>
  )
}
