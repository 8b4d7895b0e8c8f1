import { DetailPanel } from '@/components/layout/detail-panel'
import { FactsList } from '@/components/ui/facts-list'
import { Time } from '@/components/ui/time'
import type { PersonResource } from '@/lib/identity/operations'
import { NewLink } from './new-link'
import { PersonRoles } from './person-roles'

interface PersonPanelProps {
  person: PersonResource
  teams: readonly string[]
  environments: readonly string[]
  closeHref: string
  widthPx: number
}

/** One person: how they sign in, which roles they hold. */
export function PersonPanel({ person, teams, environments, closeHref, widthPx }: PersonPanelProps) {
  const memberships = person.teams.map(({ name, membership }) =>
    membership === 'maintainer' ? `${name} (maintainer)` : name,
  )
  return (
    <DetailPanel title={person.name} label={person.name} closeHref={closeHref} widthPx={widthPx}>
      <div className="flex flex-col gap-6">
        <FactsList
          facts={[
            { term: 'Email', value: <span className="[overflow-wrap:anywhere]">{person.email}</span> },
            { term: 'Teams', value: memberships.join(', ') || 'none' },
            { term: 'Signs in by', value: person.has_password ? 'password' : 'one-time link' },
            { term: 'Added', value: <Time at={person.created_at} /> },
          ]}
        />
        <PersonRoles person={person} teams={teams} environments={environments} />
        <NewLink person={person} />
      </div>
    </DetailPanel>
  )
}
