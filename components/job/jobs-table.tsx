import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import { EmptyState } from '@/components/ui/empty-state'
import { Name } from '@/components/ui/name'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import { TimedText } from '@/components/ui/timed-text'
import type { JobResource } from '@/lib/jobs/operations'
import { isUnfinished, jobAmount, jobAssetHref, jobLabel, jobStateSigns, reachedWords } from './job-words'

const columns: TableColumn[] = [
  { id: 'title', header: 'Job', grow: true, fixed: true, phone: 'first' },
  { id: 'state', header: 'State', width: '150px', phone: 'first' },
  { id: 'asset', header: 'About', width: '220px', from: 'md' },
  { id: 'progress', header: 'Progress', width: '220px', phone: 'second' },
  { id: 'by', header: 'By', width: '140px', phone: 'second' },
  { id: 'created', header: 'Asked', align: 'right', width: '120px', phone: 'second' },
]

function Asset({ job }: { job: JobResource }) {
  const href = jobAssetHref(job)
  return href ? <Name name={job.resource.name} href={href} /> : job.resource.name
}

const progressOf = (job: JobResource) => {
  if (job.error)
    return (
      <span className="block whitespace-normal py-1 [overflow-wrap:anywhere]">
        <TimedText text={job.error} />
      </span>
    )
  if (!isUnfinished(job)) return reachedWords(job) ?? jobAmount(job)
  return (
    <>
      <TimedText text={jobLabel(job)} /> {jobAmount(job)}
    </>
  )
}

const rowOf = (job: JobResource): TableRow => ({
  id: job.id,
  href: `/operations/jobs/${job.id}`,
  cells: {
    title: (
      <a className="link" href={`/operations/jobs/${job.id}`}>
        {job.title}
      </a>
    ),
    state: <StateWord state={jobStateSigns[job.state]}>{job.state}</StateWord>,
    asset: <Asset job={job} />,
    progress: progressOf(job),
    by: job.by,
    created: <Time at={job.created_at} relative />,
  },
})

export interface JobsTableProps {
  page: { data: JobResource[]; meta: { next_cursor: string | null; total: number } }
  cursor: string | null
  limit: number
}

/** Long work, newest first. */
export function JobsTable({ page, cursor, limit }: JobsTableProps) {
  return (
    <DataTable
      label="Jobs"
      columns={columns}
      rows={page.data.map(rowOf)}
      pager={{
        kind: 'cursor',
        cursor,
        nextCursor: page.meta.next_cursor,
        pageSize: limit,
        total: page.meta.total,
      }}
      instead={
        page.data.length === 0 ? (
          <EmptyState title="None">
            Runs of transformations, materialization, backfills and training datasets stand here while they
            run and after.
          </EmptyState>
        ) : undefined
      }
    />
  )
}
