import { assetHref } from '@/components/catalog/asset-href'
import { ReadersSign } from '@/components/catalog/readers-sign'
import { EmptyState } from '@/components/ui/empty-state'
import { plural } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'

export interface HomePopular {
  name: string
  description: string
  team: string
  readers: number
  reads: number
  /** Reads by week, oldest first. */
  weeks: readonly number[]
}

/** Groups by real reads. */
export function PopularGroups({ groups }: { groups: readonly HomePopular[] }) {
  if (groups.length === 0)
    return (
      <EmptyState title="Nothing was read in 30 days">
        Groups stand here by how many keys and people read their values.
      </EmptyState>
    )
  return (
    <ul className="border-t">
      {groups.map((group) => (
        <li key={group.name} className="flex min-h-11 items-center justify-between gap-4 border-b py-1">
          <span className="flex min-w-0 flex-col">
            <Name name={group.name} href={assetHref('group', group.name)} />
            <span className="truncate text-12 text-muted">
              {group.team} · {plural(group.reads, 'read')}
            </span>
          </span>
          <span title={`${plural(group.readers, 'reader')} in 30 days`} className="shrink-0">
            <ReadersSign readers={group.readers} weeklyReads={group.weeks} />
            <span className="sr-only">{plural(group.readers, 'reader')}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
