import { assetHref } from '@/components/catalog/asset-href'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { EmptyState } from '@/components/ui/empty-state'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Name } from '@/components/ui/name'
import type { OrphanResource } from '@/lib/retirement/operations'

interface OrphansTableProps {
  page: { data: OrphanResource[]; meta: { next_cursor: string | null; total: number } }
  cursor: string | null
  limit: number
  csvHref: string
}

const columns: TableColumn[] = [
  { id: 'name', header: 'Group', width: '300px', fixed: true, phone: 'first' },
  { id: 'team', header: 'Owner', width: '160px', phone: 'second' },
  { id: 'because', header: 'Why', grow: true, phone: 'second' },
]

/** Groups that nobody looks after any more, each with why. */
export function OrphansTable({ page: { data, meta }, cursor, limit, csvHref }: OrphansTableProps) {
  return (
    <DataTable
      label="Orphaned"
      columns={columns}
      rows={data.map(({ group, version, owner_team: team, reasons }) => ({
        id: group,
        href: assetHref('group', group),
        cells: {
          name: <Name name={`${group}@${version}`} href={assetHref('group', group)} />,
          team,
          because: (
            <span className="block whitespace-normal py-1">
              <MarkedProse text={reasons.map(({ text }) => text).join(' ')} />
            </span>
          ),
        },
      }))}
      csvHref={csvHref}
      pager={{ kind: 'cursor', cursor, nextCursor: meta.next_cursor, pageSize: limit, total: meta.total }}
      instead={
        data.length === 0 ? (
          <EmptyState title="None">
            Every group has an owner who can sign in, its source, and rows as often as it promises.
          </EmptyState>
        ) : undefined
      }
    />
  )
}
