import { PageHeader } from '@/components/layout/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'

export default function MonitoringLoading() {
  return (
    <>
      <PageHeader
        title="Monitoring"
        description="Each group’s last 28 days, worst first: rows that came when they were promised, kept the contract, and looked like the reference."
      />
      <SkeletonRows rows={14} columns={5} />
    </>
  )
}
