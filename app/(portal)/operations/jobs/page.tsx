import type { Metadata } from 'next'
import { jobTabs } from '@/components/job/job-tabs'
import { JobsTable } from '@/components/job/jobs-table'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { operationsTabs } from '@/components/operations/operations-tabs'
import { TabLinks } from '@/components/ui/tab-links'
import { parseInput } from '@/lib/core/parse-input'
import { load } from '@/lib/http/page-context'
import { listJobs } from '@/lib/jobs'
import { listJobsQuery } from '@/lib/jobs/operations'

export const metadata: Metadata = { title: 'Jobs' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const asQuery = (params: Awaited<Props['searchParams']>) => {
  const { cursor, limit, state, kind, resource } = params
  return parseInput(listJobsQuery, { cursor, limit, state, kind, resource })
}

export default async function JobsRoute({ searchParams }: Props) {
  const params = await searchParams
  const loaded = await load(async (ctx) => {
    const query = asQuery(params)
    return { query, page: await listJobs(ctx, query) }
  }, params.environment)
  return (
    <>
      <PageHeader
        title="Jobs"
        description="Long work: what runs, what waits, what came of it. Your own, and what is done to feature groups that you may see."
        tabs={operationsTabs('/operations/jobs')}
      />
      <div className="mb-5">
        <TabLinks
          label="Jobs by state"
          tabs={jobTabs(typeof params.state === 'string' ? params.state : undefined)}
        />
      </div>
      {loaded.state === 'ready' ? (
        <JobsTable
          page={loaded.value.page}
          cursor={loaded.value.query.cursor ?? null}
          limit={loaded.value.query.limit}
        />
      ) : (
        <NotReady loaded={loaded} what="The jobs" />
      )}
    </>
  )
}
