import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { JobPage } from '@/components/job/job-page'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { load } from '@/lib/http/page-context'
import { getJob } from '@/lib/jobs'

export const metadata: Metadata = { title: 'Job' }

interface Props {
  params: Promise<{ id: string }>
}

export default async function JobRoute({ params }: Props) {
  const { id } = await params
  const loaded = await load((ctx) => getJob(ctx, id))
  if (loaded.state === 'missing') notFound()
  return (
    <>
      <PageHeader
        breadcrumbs={{ crumbs: [{ label: 'Jobs', href: '/operations/jobs' }], fullName: id }}
        title={loaded.state === 'ready' ? loaded.value.title : 'Job'}
      />
      {loaded.state === 'ready' ? (
        <JobPage initial={loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The job" />
      )}
    </>
  )
}
