import { EmptyState } from '@/components/ui/empty-state'
import { withParams } from '@/components/ui/route'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type {
  OrphanResource,
  RetirementFiguresResource,
  UnusedQuery,
  UnusedResource,
} from '@/lib/retirement/operations'
import { OrphansTable } from './orphans-table'
import { UnusedFigures } from './unused-figures'
import { UnusedTable } from './unused-table'

interface Meta {
  next_cursor: string | null
  total: number
}

interface UnusedPageProps {
  /** The list that the address names. */
  id: string
  orphans: string | null
  query: UnusedQuery
  figures: RetirementFiguresResource
  page: { data: UnusedResource[]; meta: Meta } | null
  orphaned: { data: OrphanResource[]; meta: Meta } | null
  mayAsk: boolean
}

const spans = [30, 90, 180, 365]

function Days({ id, days }: { id: string; days: number }) {
  const choices = spans.includes(days) ? spans : [...spans, days].sort((a, b) => a - b)
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      <SegmentedControl
        label="Days without a read"
        value={String(days)}
        segments={choices.map((one) => ({
          value: String(one),
          label: `${one} days`,
          href: withParams('/operations/unused', '', { list: id, days: one }),
        }))}
      />
      <p className="text-12 text-muted">
        Unread, or never read: of what was registered {days} days ago or earlier.
      </p>
    </div>
  )
}

const api = '/api/v1/retirement'

/** Figures, and the list that the chosen one counts. */
export function UnusedPage({ id, orphans, query, figures, page, orphaned, mayAsk }: UnusedPageProps) {
  const { kind, which, days, q, cursor = null, limit } = query
  return (
    <>
      <Days id={id} days={days} />
      <UnusedFigures figures={figures} list={id} />
      {page ? (
        <UnusedTable
          key={id}
          page={page}
          cursor={cursor}
          limit={limit}
          mayAsk={mayAsk}
          csvHref={withParams(`${api}/unused`, '', { kind, which, days, q: q ?? null, format: 'csv' })}
          instead={
            <EmptyState title="None">
              {q === undefined || q === ''
                ? `Every ${kind} that you may see is younger, or was read within ${days} days.`
                : `No ${kind} of this list has ${q} in its name.`}
            </EmptyState>
          }
        />
      ) : null}
      {orphaned ? (
        <OrphansTable
          page={orphaned}
          cursor={cursor}
          limit={limit}
          csvHref={withParams(`${api}/orphans`, '', { reason: orphans, format: 'csv' })}
        />
      ) : null}
    </>
  )
}
