import { Button, ButtonLink } from '@/components/ui/button'
import type { PersonResource } from '@/lib/identity/operations'
import { LinkOnce, type SignInLink } from './link-once'
import { assignmentWords } from './role-words'

/** A person as they are answered once, with the link that signs them in. */
export type NewPerson = PersonResource & { sign_in_link: SignInLink }

/** Who was added, and the link that signs them in. */
export function PersonAdded({ person, onAnother }: { person: NewPerson; onAnother: () => void }) {
  const roles = person.roles.map(assignmentWords).join(', ')
  return (
    <div className="flex max-w-180 flex-col gap-4">
      <p>
        {person.name} is added{roles === '' ? ', without a role' : ` as ${roles}`}.
      </p>
      <LinkOnce link={person.sign_in_link} person={person.name} />
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={`/settings/people?open=${encodeURIComponent(person.id)}`}>
          Open {person.name}
        </ButtonLink>
        <Button onClick={onAnother}>Add another</Button>
      </div>
    </div>
  )
}
