import { DetailPanel } from '@/components/layout/detail-panel'
import { FactsList } from '@/components/ui/facts-list'
import { Time } from '@/components/ui/time'
import type { PersonResource, SessionResource } from '@/lib/identity/operations'
import { NewLink } from './new-link'
import { PersonAccess } from './person-access'
import { PersonRoles } from './person-roles'
import { SessionsList } from './sessions-list'

interface PersonPanelProps {
  person: PersonResource
  sessions: readonly SessionResource[]
  teams: readonly string[]
  environments: readonly string[]
  closeHref: string
  widthPx: number
}

/** One person: how they sign in, which roles they hold, where they are signed in. */
export function PersonPanel({ person, sessions, teams, environments, closeHref, widthPx }: PersonPanelProps) {
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
            ...(person.disabled_at === null
              ? []
              : [{ term: 'Disabled', value: <Time at={person.disabled_at} />, note: 'Cannot sign in.' }]),
          ]}
        />
        <PersonRoles person={person} teams={teams} environments={environments} />
        {person.disabled_at === null ? (
          <>
            <section aria-labelledby="sessions" className="flex flex-col gap-3">
              <h3 id="sessions" className="font-medium">
                Signed in
              </h3>
              <SessionsList sessions={sessions} />
            </section>
            <NewLink person={person} />
          </>
        ) : null}
        <div className="border-t pt-4">
          <PersonAccess person={person} sessions={sessions.length} />
        </div>
      </div>
    </DetailPanel>
  )
}
