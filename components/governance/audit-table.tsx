import { DataTable } from '@/components/data-table/data-table'
import { pageSizeOf } from '@/components/data-table/table-state'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import { EmptyState } from '@/components/ui/empty-state'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { AuditRow } from '@/lib/audit/operations'
import { actOutcome } from './act-outcome'
import { AuditChange } from './audit-change'

const columns: TableColumn[] = [
  { id: 'time', header: 'When', width: '160px', grow: false, phone: 'second' },
  { id: 'actor', header: 'Who', width: '180px', phone: 'second' },
  { id: 'action', header: 'What', width: '190px', phone: 'first' },
  { id: 'resource', header: 'On', grow: true, phone: 'first' },
  { id: 'verdict', header: 'Verdict', width: '110px', phone: 'second' },
  { id: 'rule', header: 'Rule', width: '220px', from: 'lg' },
  { id: 'change', header: 'Evidence', width: '110px', from: 'md' },
]

/** Nothing forbade it, but nothing allowed it either: what is missing was told to who was refused. */
const missingWords = ({ verdict, reason }: AuditRow) =>
  verdict === 'deny' && reason ? reason : 'no permit matched'

function cellsOf(row: AuditRow): TableRow['cells'] {
  return {
    time: <Time at={row.time} precision="second" />,
    actor: (
      <span>
        {row.actor.name} <span className="text-muted">{row.via}</span>
      </span>
    ),
    action: (
      <span>
        <code className="font-mono text-12">{row.action}</code>{' '}
        <span className="text-muted">{actOutcome(row)}</span>
      </span>
    ),
    resource:
      row.resource.kind === 'system' ? (
        <span className="text-muted">the installation</span>
      ) : (
        <span>
          <span className="text-muted">{row.resource.kind}</span>{' '}
          <code className="font-mono text-12">{row.resource.name}</code>
        </span>
      ),
    verdict: (
      <StateWord state={row.verdict === 'allow' ? 'ok' : 'fail'}>
        {row.verdict === 'allow' ? 'allowed' : 'refused'}
      </StateWord>
    ),
    rule: (
      <span className="block w-52 whitespace-normal py-1 text-muted">
        {row.policies.join(', ') || missingWords(row)}
      </span>
    ),
    change: <AuditChange row={row} />,
  }
}

interface AuditTableProps {
  page: { data: AuditRow[]; meta: { next_cursor: string | null; total: number } }
  cursor: string | string[] | undefined
  limit: string | string[] | undefined
}

/** The log, newest first. */
export function AuditTable({ page, cursor, limit }: AuditTableProps) {
  return (
    <DataTable
      label="Audit log"
      columns={columns}
      rows={page.data.map((row) => ({ id: row.id, cells: cellsOf(row) }))}
      pager={{
        kind: 'cursor',
        cursor: typeof cursor === 'string' ? cursor : null,
        nextCursor: page.meta.next_cursor,
        pageSize: pageSizeOf(typeof limit === 'string' ? limit : null),
        total: page.meta.total,
      }}
      instead={
        page.data.length === 0 ? (
          <EmptyState title="No row matches">
            Every change and refusal leaves one here. Widen the filters.
          </EmptyState>
        ) : undefined
      }
    />
  )
}
