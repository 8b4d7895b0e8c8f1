import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import type { DomainResource } from '@/lib/registry/operations'

const columns: TableColumn[] = [
  { id: 'name', header: 'Domain', grow: true, phone: 'first' },
  { id: 'entities', header: 'Entities', align: 'right', width: '88px', phone: 'second' },
  { id: 'groups', header: 'Groups', align: 'right', width: '88px', phone: 'second' },
  { id: 'team', header: 'Owner', width: '120px', phone: 'second' },
]

interface DomainsTableProps {
  domains: readonly DomainResource[]
  mayRegister: boolean
}

/** Every business area, with what is in it as far as the reader may know. */
export function DomainsTable({ domains, mayRegister }: DomainsTableProps) {
  const action = mayRegister ? <ButtonLink href="/register/domain">Register a domain</ButtonLink> : undefined
  return (
    <DataTable
      bare
      label="Domains"
      lines={2}
      columns={columns}
      rows={domains.map((domain) => {
        const href = `/domains/${encodeURIComponent(domain.name)}`
        return {
          id: domain.name,
          href,
          cells: {
            name: (
              <span className="flex min-w-0 flex-col">
                <Name name={domain.name} href={href} />
                <span className="truncate text-12 text-muted">{domain.description.split('\n')[0]}</span>
              </span>
            ),
            entities: formatCount(domain.entities.length),
            groups: formatCount(domain.groups.length),
            team: domain.owner_team,
          },
        }
      })}
      instead={
        domains.length === 0 ? (
          <EmptyState title="No domain is registered" action={action}>
            A domain is a business area; entities and groups name it.
          </EmptyState>
        ) : undefined
      }
    />
  )
}
