'use client'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { request } from '@/lib/api-client'
import type { PersonResource } from '@/lib/identity/operations'
import { GiveRole } from './give-role'
import { assignmentWords } from './role-words'

interface PersonRolesProps {
  person: PersonResource
  teams: readonly string[]
  environments: readonly string[]
}

type Assignment = PersonResource['roles'][number]

function RemoveRole({ person, assignment }: { person: PersonResource; assignment: Assignment }) {
  const router = useRouter()
  const words = assignmentWords(assignment)
  const remove = async () => {
    const path = `/api/v1/people/${encodeURIComponent(person.id)}/roles/${encodeURIComponent(assignment.id)}`
    await request(path, { method: 'DELETE', headers: { 'if-match': '*' } })
    router.refresh()
  }
  return (
    <ConfirmDialog
      trigger={
        <Button size="small" aria-label={`Take the role ${words} away`}>
          Take away
        </Button>
      }
      title={`Take “${words}” from ${person.name}`}
      effects={['It ends at once, in open sessions and for keys that act for this person.']}
      undo="It can be given again."
      action="Take away"
      onConfirm={remove}
    />
  )
}

/** The roles somebody holds, each of which can be taken away, and one more to give. */
export function PersonRoles({ person, teams, environments }: PersonRolesProps) {
  return (
    <section aria-labelledby="roles" className="flex flex-col gap-3">
      <h3 id="roles" className="font-medium">
        Roles
      </h3>
      {person.roles.length === 0 ? (
        <p className="text-muted">None: this person can sign in and see nothing.</p>
      ) : (
        <ul className="border-t">
          {person.roles.map((assignment) => (
            <li
              key={assignment.id}
              className="flex min-h-10 items-center justify-between gap-3 border-b py-1"
            >
              {assignmentWords(assignment)}
              <RemoveRole person={person} assignment={assignment} />
            </li>
          ))}
        </ul>
      )}
      <GiveRole personId={person.id} teams={teams} environments={environments} />
    </section>
  )
}
