import { DayStrip } from '@/components/charts/day-strip'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Name } from '@/components/ui/name'
import { StateShape } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { FedGroup } from './source-health'

const columns: TableColumn[] = [
  { id: 'name', header: 'Feature group', grow: true, fixed: true, phone: 'first' },
  { id: 'fresh', header: 'Newest row', width: '250px', phone: 'second' },
  { id: 'arrived', header: 'Last arrival', width: '128px', from: 'md' },
  { id: 'days', header: '28 days', width: '184px', phone: 'first' },
]

function Fresh({ fresh }: Pick<FedGroup, 'fresh'>) {
  if (!fresh) return <span className="text-muted">not served here</span>
  return (
    <span className="inline-flex items-center gap-1.5">
      {fresh.state === 'fact' ? null : <StateShape state={fresh.state} />}
      {fresh.text}
    </span>
  )
}

/** The groups that are made of a source, each with what came of it lately. */
export function FedGroups({ groups }: { groups: readonly FedGroup[] }) {
  if (groups.length === 0)
    return (
      <EmptyState
        title="No group reads this source yet"
        action={<ButtonLink href="/register">Register a feature group</ButtonLink>}
      >
        A group that names it as its source, or whose SQL reads it, stands here.
      </EmptyState>
    )
  return (
    <DataTable
      bare
      label="Feature groups made of it"
      columns={columns}
      rows={groups.map((group) => ({
        id: group.name,
        href: group.href,
        cells: {
          name: <Name name={group.name} href={group.href} />,
          fresh: <Fresh fresh={group.fresh} />,
          arrived: group.newestCommit ? <Time at={group.newestCommit} relative /> : '–',
          days:
            group.days.length > 0 ? (
              <DayStrip days={group.days} label={`Last 28 days of ${group.name}`} />
            ) : null,
        },
      }))}
    />
  )
}
