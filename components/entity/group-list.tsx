import { assetHref } from '@/components/catalog/asset-href'
import { DataTable } from '@/components/data-table/data-table'
import { NameCell } from '@/components/data-table/name-cell'
import type { TableColumn } from '@/components/data-table/types'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount } from '@/components/ui/format-number'
import { Lifecycle } from '@/components/ui/lifecycle'
import type { GroupSummaryResource } from '@/lib/registry/operations'

const columns: TableColumn[] = [
  { id: 'name', header: 'Group', grow: true, phone: 'first' },
  { id: 'features', header: 'Features', align: 'right', width: '88px', phone: 'second' },
  { id: 'team', header: 'Owner', width: '104px', phone: 'second' },
  { id: 'state', header: 'Lifecycle', width: '112px', phone: 'second' },
]

/** Feature groups as a plain table inside another asset's page. */
export function GroupList({ groups, empty }: { groups: readonly GroupSummaryResource[]; empty: string }) {
  return (
    <DataTable
      bare
      label="Feature groups"
      columns={columns}
      lines={2}
      rows={groups.map((group) => ({
        id: group.name,
        href: assetHref('group', group.name),
        cells: {
          name: (
            <NameCell
              kind="group"
              name={group.name}
              href={assetHref('group', group.name)}
              meaning={group.description.split('\n')[0]}
            />
          ),
          features: formatCount(group.feature_count),
          team: group.owner_team,
          state: <Lifecycle state={group.state} />,
        },
      }))}
      instead={groups.length === 0 ? <EmptyState title={empty} /> : undefined}
    />
  )
}
