import { Name } from '@/components/ui/name'
import { Section } from '@/components/ui/section'

/** Groups that are made out of this one. */
export function DerivedGroups({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <Section title="Groups made from it">
      <ul className="border-t">
        {names.map((name) => (
          <li key={name} className="flex min-h-8 items-center border-b">
            <Name name={name} href={`/groups/${encodeURIComponent(name)}`} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
