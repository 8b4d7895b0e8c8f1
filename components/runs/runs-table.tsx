import Link from 'next/link'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { TransformationRunResource } from '@/lib/ingestion/operations'
import { runStates, tookWords, triggerWords, windowWords } from './run-words'

const columns: TableColumn[] = [
  { id: 'started', header: 'Started', width: '150px', grow: false, fixed: true, phone: 'first' },
  { id: 'state', header: 'State', width: '120px', phone: 'first' },
  { id: 'trigger', header: 'Because of', width: '110px', from: 'md' },
  { id: 'rows', header: 'Rows', align: 'right', width: '90px', phone: 'second' },
  { id: 'took', header: 'Took', align: 'right', width: '90px', phone: 'second' },
  { id: 'window', header: 'Event times, UTC', width: '280px', from: 'md' },
  { id: 'by', header: 'By', phone: 'second' },
]

/** Only where something did. */
const errorColumn: TableColumn = { id: 'error', header: 'What went wrong', grow: true, phone: 'second' }

const rowOf = (run: TransformationRunResource, href: string): TableRow => ({
  id: run.job,
  href,
  cells: {
    started: (
      <Link className="link" href={toRoute(href)}>
        {run.started_at ? <Time at={run.started_at} /> : 'not started'}
      </Link>
    ),
    state: <StateWord state={runStates[run.state]}>{run.state}</StateWord>,
    trigger: triggerWords[run.trigger],
    rows:
      run.rows === null ? (
        '–'
      ) : (
        <>
          {formatCount(run.rows)}
          <span className="md:hidden"> {run.rows === 1 ? 'row' : 'rows'}</span>
        </>
      ),
    took: tookWords(run) ?? '–',
    window: <span className="num">{windowWords(run)}</span>,
    by: run.by,
    error: run.error ? (
      <span className="block whitespace-normal py-1 [overflow-wrap:anywhere]">{run.error}</span>
    ) : null,
  },
})

interface RunsTableProps {
  page: { data: TransformationRunResource[]; meta: { next_cursor: string | null; total: number } }
  /** Of one run's page. */
  hrefOf: (job: string) => string
  cursor: string | null
  limit: number
}

/** Every run, newest first. */
export function RunsTable({ page, hrefOf, cursor, limit }: RunsTableProps) {
  const hasErrors = page.data.some(({ error }) => error !== null)
  return (
    <DataTable
      bare
      label="Runs"
      columns={hasErrors ? [...columns, errorColumn] : columns}
      rows={page.data.map((run) => rowOf(run, hrefOf(run.job)))}
      pager={{
        kind: 'cursor',
        cursor,
        nextCursor: page.meta.next_cursor,
        pageSize: limit,
        total: page.meta.total,
      }}
      instead={
        page.data.length === 0 ? (
          <EmptyState title="No run yet">
            Each run stands here with its window, its rows and its fault.
          </EmptyState>
        ) : undefined
      }
    />
  )
}
