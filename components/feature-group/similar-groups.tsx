import Link from 'next/link'
import { Name } from '@/components/ui/name'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'

interface SimilarGroupsProps {
  groups: readonly {
    name: string
    team: string
    lifecycle: string
    isSameEntity: boolean
    features: readonly string[]
    tags: readonly string[]
  }[]
  entity: string | null
}

const mostNames = 3

/** "3 features of the same name (a, b, c), same entity, tagged delay". */
function reasonsOf({
  features,
  isSameEntity,
  tags,
  lifecycle,
}: SimilarGroupsProps['groups'][number]): string {
  const named = features.slice(0, mostNames).join(', ')
  const more = features.length > mostNames ? ' and others' : ''
  const many = features.length === 1 ? 'a feature' : `${features.length} features`
  return [
    ...(features.length > 0 ? [`${many} of the same name (${named}${more})`] : []),
    ...(isSameEntity ? ['same entity'] : []),
    ...(tags.length > 0 ? [`both tagged ${tags.join(', ')}`] : []),
    ...(lifecycle === 'active' ? [] : [lifecycle.replace('_', ' ')]),
  ].join(', ')
}

/** Other groups that are near this one, and why. */
export function SimilarGroups({ groups, entity }: SimilarGroupsProps) {
  return (
    <Section
      title="Similar groups"
      {...(entity
        ? {
            aside: (
              <Link className="link" href={toRoute(`/entities/${encodeURIComponent(entity)}`)}>
                All about each {entity}
              </Link>
            ),
          }
        : {})}
    >
      {groups.length === 0 ? (
        <p className="text-muted">
          No other group that you may see has its entity or a feature of its names.
        </p>
      ) : (
        <ul className="border-t">
          {groups.map((group) => (
            <li key={group.name} className="flex flex-col gap-0.5 border-b py-1.5">
              <Name name={group.name} href={`/groups/${encodeURIComponent(group.name)}`} />
              <span className="text-12 text-muted [overflow-wrap:anywhere]">
                {reasonsOf(group)}; owned by {group.team}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
