import { Name } from '@/components/ui/name'
import { Section } from '@/components/ui/section'

interface RelatedGroupsProps {
  entity: string | null
  /** Other groups of the same entity. */
  groups: readonly string[]
  /** Groups that are made out of this one. */
  derived: readonly string[]
}

function Names({ names }: { names: readonly string[] }) {
  return (
    <ul className="border-t">
      {names.map((name) => (
        <li key={name} className="flex min-h-8 items-center border-b">
          <Name name={name} href={`/groups/${encodeURIComponent(name)}`} />
        </li>
      ))}
    </ul>
  )
}

/** What else is known of the same entity, and what is made out of this group. */
export function RelatedGroups({ entity, groups, derived }: RelatedGroupsProps) {
  return (
    <>
      {derived.length > 0 ? (
        <Section title="Groups made from it">
          <Names names={derived} />
        </Section>
      ) : null}
      {entity && groups.length > 0 ? (
        <Section title={`More about each ${entity}`}>
          <Names names={groups} />
        </Section>
      ) : null}
    </>
  )
}
