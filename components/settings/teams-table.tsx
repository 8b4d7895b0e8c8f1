import { DataTable } from '@/components/data-table/data-table'
import type { Pager, TableColumn } from '@/components/data-table/types'
import { formatCount } from '@/components/ui/format-number'
import type { TeamResource } from '@/lib/identity/operations'
import { RowLink } from './row-link'

const columns: TableColumn[] = [
  { id: 'name', header: 'Team', grow: true, fixed: true, phone: 'first' },
  { id: 'maintainers', header: 'Maintainers', width: '240px', phone: 'second' },
  { id: 'members', header: 'Members', align: 'right', width: '96px', phone: 'second' },
]

interface TeamsTableProps {
  teams: readonly TeamResource[]
  hrefOf: (name: string) => string
  selectedId?: string | undefined
  pager: Pager
}

/** Teams, who looks after them, and how many they are. */
export function TeamsTable({ teams, hrefOf, selectedId, pager }: TeamsTableProps) {
  return (
    <DataTable
      label="Teams"
      columns={columns}
      lines={2}
      pager={pager}
      {...(selectedId === undefined ? {} : { selectedId })}
      rows={teams.map((team) => ({
        id: team.name,
        href: hrefOf(team.name),
        cells: {
          name: (
            <RowLink
              mono
              href={hrefOf(team.name)}
              note={team.description || team.display_name}
              mark={team.sample ? 'sample' : undefined}
            >
              {team.name}
            </RowLink>
          ),
          maintainers: team.members
            .filter(({ membership }) => membership === 'maintainer')
            .map(({ name }) => name)
            .join(', ') || <span className="text-muted">nobody</span>,
          members: formatCount(team.members.length),
        },
      }))}
    />
  )
}
