'use client'
import { Button } from '@/components/ui/button'
import { Menu, type MenuItem } from '@/components/ui/menu'
import { useThemeSection } from './use-theme'

export interface Person {
  name: string
  /** E-mail, roles or team: the second line. */
  detail?: string
  items: readonly MenuItem[]
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0))
    .join('')

/** Who is signed in, and what belongs to them: profile, keys, theme, sign out. */
export function PersonMenu({ person }: { person: Person }) {
  const theme = useThemeSection()
  return (
    <Menu
      align="end"
      header={
        <>
          <span className="block font-medium">{person.name}</span>
          {person.detail ? <span className="block text-12 text-muted">{person.detail}</span> : null}
        </>
      }
      sections={[{ items: person.items }, theme]}
      trigger={
        <Button variant="quiet" size="small" aria-label={`Person: ${person.name}`} className="px-1.5">
          <span className="inline-flex size-5.5 items-center justify-center rounded-control border border-control text-11">
            {initials(person.name)}
          </span>
        </Button>
      }
    />
  )
}
