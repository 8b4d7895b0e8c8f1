import { DataTable } from '@/components/data-table/data-table'
import type { Pager, TableColumn } from '@/components/data-table/types'
import { Time } from '@/components/ui/time'
import type { PersonResource } from '@/lib/identity/operations'
import { assignmentWords } from './role-words'
import { RowLink } from './row-link'

const columns: TableColumn[] = [
  { id: 'name', header: 'Person', grow: true, fixed: true, phone: 'first' },
  { id: 'roles', header: 'Roles', width: '260px', phone: 'second' },
  { id: 'teams', header: 'Teams', width: '200px', phone: 'second' },
  { id: 'signs', header: 'Signs in by', width: '120px', from: 'lg' },
  { id: 'added', header: 'Added', width: '120px', from: 'lg' },
]

function markOf({ disabled_at, sample }: PersonResource): string | undefined {
  if (disabled_at !== null) return 'disabled'
  return sample ? 'sample' : undefined
}

interface PeopleTableProps {
  people: readonly PersonResource[]
  hrefOf: (id: string) => string
  selectedId?: string | undefined
  pager: Pager
}

/** Everybody who can or could sign in, by name. */
export function PeopleTable({ people, hrefOf, selectedId, pager }: PeopleTableProps) {
  return (
    <DataTable
      label="People"
      columns={columns}
      lines={2}
      pager={pager}
      {...(selectedId === undefined ? {} : { selectedId })}
      rows={people.map((person) => ({
        id: person.id,
        href: hrefOf(person.id),
        cells: {
          name: (
            <RowLink href={hrefOf(person.id)} note={person.email} mark={markOf(person)}>
              {person.name}
            </RowLink>
          ),
          roles: person.roles.map(assignmentWords).join(', ') || <span className="text-muted">no role</span>,
          teams: person.teams.map(({ name }) => name).join(', ') || (
            <span className="text-muted">no team</span>
          ),
          signs: person.disabled_at !== null ? 'cannot' : person.has_password ? 'password' : 'one-time link',
          added: <Time at={person.created_at} precision="day" />,
        },
      }))}
    />
  )
}
