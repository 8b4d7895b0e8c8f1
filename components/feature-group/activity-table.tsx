import Link from 'next/link'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import { EmptyState } from '@/components/ui/empty-state'
import { toRoute } from '@/components/ui/route'
import { Time } from '@/components/ui/time'
import type { ActivityRow } from '@/lib/audit/operations'
import { actWords, bareReason } from './act-words'
import { viaWord } from './words'

const columns: TableColumn[] = [
  { id: 'time', header: 'When', grow: false, width: '176px', phone: 'second' },
  { id: 'action', header: 'What', width: '220px', phone: 'first' },
  { id: 'actor', header: 'Who', width: '220px', phone: 'second' },
  { id: 'reason', header: 'Why', grow: true, from: 'md' },
  { id: 'environment', header: 'Environment', width: '112px', from: 'lg' },
]

function cellsOf(row: ActivityRow): TableRow['cells'] {
  return {
    time: <Time at={row.time} precision="second" />,
    action: (
      <span>
        {actWords(row)}
        {row.resource.name.includes('@') ? (
          <span className="ml-1.5 font-mono text-12 text-muted">@{row.resource.name.split('@')[1]}</span>
        ) : null}
      </span>
    ),
    actor: (
      <span>
        {row.actor.name}{' '}
        <span className="text-12 text-muted">
          {row.on_behalf_of ? `for ${row.on_behalf_of}, ` : ''}
          {viaWord(row.via)}
        </span>
      </span>
    ),
    reason: bareReason(row.reason),
    environment: row.environment,
  }
}

interface ActivityTableProps {
  page: { data: ActivityRow[]; meta: { next_cursor: string | null; total: number } }
  cursor: string | null
  limit: number
  /** The group's rows of the audit log, for those who may read it. */
  auditHref: string | null
}

/** The changes of an asset, newest first. */
export function ActivityTable({ page, cursor, limit, auditHref }: ActivityTableProps) {
  return (
    <DataTable
      label="Activity"
      columns={columns}
      rows={page.data.map((row) => ({ id: row.id, cells: cellsOf(row) }))}
      toolbar={
        <span className="text-12 text-muted">
          Changes only; reads and refusals stand in the{' '}
          {auditHref ? (
            <Link href={toRoute(auditHref)} className="link">
              audit log
            </Link>
          ) : (
            'audit log, which reviewers read'
          )}
          .
        </span>
      }
      pager={{
        kind: 'cursor',
        cursor,
        nextCursor: page.meta.next_cursor,
        pageSize: limit,
        total: page.meta.total,
      }}
      instead={
        page.data.length === 0 ? (
          <EmptyState title="Nothing was changed yet">Every change leaves a row here.</EmptyState>
        ) : undefined
      }
    />
  )
}
