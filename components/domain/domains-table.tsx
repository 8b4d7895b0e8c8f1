import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { type BrowseResource, unstated } from '@/lib/catalog/operations'

const columns: TableColumn[] = [
  { id: 'name', header: 'Domain', grow: true, phone: 'first' },
  { id: 'groups', header: 'Groups', align: 'right', width: '88px', phone: 'second' },
  { id: 'features', header: 'Features', align: 'right', width: '88px', phone: 'second' },
  { id: 'team', header: 'Owner', width: '120px', phone: 'second' },
]

interface DomainsTableProps {
  domains: BrowseResource
  cursor: string | null
  limit: number
  mayRegister: boolean
}

/** Every business area, with what is in it as far as the reader may know. */
export function DomainsTable({ domains: { data, meta }, cursor, limit, mayRegister }: DomainsTableProps) {
  const action = mayRegister ? <ButtonLink href="/register/domain">Register a domain</ButtonLink> : undefined
  return (
    <DataTable
      bare
      label="Domains"
      lines={2}
      columns={columns}
      rows={data.map(({ name, description, groups, features, owner_team }) => {
        const href =
          name === unstated ? `/catalog/browse?domain=${unstated}` : `/domains/${encodeURIComponent(name)}`
        return {
          id: name,
          href,
          cells: {
            name: (
              <span className="flex min-w-0 flex-col">
                {name === unstated ? (
                  <span className="text-muted">no domain stated</span>
                ) : (
                  <Name name={name} href={href} />
                )}
                <span className="truncate text-12 text-muted">{description.split('\n')[0]}</span>
              </span>
            ),
            groups: formatCount(groups ?? 0),
            features: formatCount(features ?? 0),
            team: owner_team,
          },
        }
      })}
      pager={{ kind: 'cursor', cursor, nextCursor: meta.next_cursor, pageSize: limit, total: meta.total }}
      instead={
        data.length === 0 ? (
          <EmptyState title="No domain is registered" action={action}>
            A domain is a business area; entities and groups name it.
          </EmptyState>
        ) : undefined
      }
    />
  )
}
