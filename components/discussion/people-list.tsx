import { cn } from '@/components/ui/cn'
import type { Person } from './mentions'

interface PeopleListProps {
  id: string
  people: readonly Person[]
  chosen: number
  choose: (person: Person) => void
}

/** People to choose from; the focus stays in the text. */
export function PeopleList({ id, people, chosen, choose }: PeopleListProps) {
  return (
    <div
      role="listbox"
      id={id}
      aria-label="People"
      tabIndex={-1}
      className={cn('rounded-overlay border bg-surface p-1 shadow-overlay', people.length === 0 && 'hidden')}
    >
      {people.map((person, index) => (
        <div
          key={person.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          className={cn(
            'flex min-h-8 cursor-default items-center rounded-control px-2 max-md:min-h-11',
            index === chosen && 'bg-accent-tint',
          )}
          onMouseDown={(event) => {
            event.preventDefault()
            choose(person)
          }}
        >
          {person.name}
        </div>
      ))}
    </div>
  )
}
