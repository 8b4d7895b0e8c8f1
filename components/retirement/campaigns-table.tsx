import Link from 'next/link'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { Time } from '@/components/ui/time'
import type { CampaignSummaryResource } from '@/lib/retirement/operations'

interface CampaignsTableProps {
  page: { data: CampaignSummaryResource[]; meta: { next_cursor: string | null; total: number } }
  cursor: string | null
  limit: number
}

const columns: TableColumn[] = [
  { id: 'title', header: 'Campaign', grow: true, fixed: true, phone: 'first' },
  { id: 'state', header: 'State', width: '160px', phone: 'second' },
  { id: 'answered', header: 'Answered', width: '120px', align: 'right', phone: 'second' },
  { id: 'kept', header: 'Kept', width: '80px', align: 'right', from: 'md' },
  { id: 'deprecated', header: 'Deprecated', width: '110px', align: 'right', from: 'md' },
  { id: 'archived', header: 'Archived', width: '100px', align: 'right', from: 'md' },
  { id: 'by', header: 'By', width: '140px', from: 'lg' },
]

function rowOf({
  id,
  title,
  deadline,
  created_by: by,
  closed_at: closed,
  progress,
}: CampaignSummaryResource) {
  const href = `/operations/campaigns/${id}`
  const { kept, deprecated, archived, unanswered } = progress
  const answered = kept + deprecated + archived
  return {
    id,
    href,
    cells: {
      title: (
        <Link className="link" href={toRoute(href)}>
          {title}
        </Link>
      ),
      state: (
        <>
          {closed === null ? 'until ' : 'closed '}
          <Time at={closed ?? deadline} precision="day" />
        </>
      ),
      answered: `${formatCount(answered)} of ${formatCount(answered + unanswered)}`,
      kept: formatCount(kept),
      deprecated: formatCount(deprecated),
      archived: formatCount(archived),
      by,
    },
  }
}

/** Campaigns, open ones first. */
export const CampaignsTable = ({ page: { data, meta }, cursor, limit }: CampaignsTableProps) => (
  <DataTable
    label="Campaigns"
    columns={columns}
    rows={data.map(rowOf)}
    pager={{ kind: 'cursor', cursor, nextCursor: meta.next_cursor, pageSize: limit, total: meta.total }}
    instead={
      data.length === 0 ? (
        <EmptyState
          title="None"
          action={<ButtonLink href="/operations/unused">Choose from what nobody reads</ButtonLink>}
        >
          A campaign asks the owners of a set whether to keep, deprecate or archive each, until a deadline.
        </EmptyState>
      ) : undefined
    }
  />
)
