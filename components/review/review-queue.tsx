import { DataTable } from '@/components/data-table/data-table'
import { NameCell } from '@/components/data-table/name-cell'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import { Time } from '@/components/ui/time'
import type { ReviewResource } from '@/lib/governance/operations'
import { reviewHref } from './place'
import { anyOf, stepWords } from './words'

const columns: TableColumn[] = [
  { id: 'version', header: 'Version', grow: true, fixed: true, phone: 'first' },
  { id: 'step', header: 'Next step', width: '200px', phone: 'first' },
  { id: 'waits', header: 'Waits for', width: '260px', phone: 'second' },
  { id: 'author', header: 'Author', width: '160px', phone: 'second' },
  { id: 'since', header: 'Since', width: '110px', phone: 'second' },
  { id: 'owner', header: 'Owner', width: '120px', from: 'lg' },
]

const meaningOf = ({ change, classification }: ReviewResource): string =>
  `${change === 'first' ? 'First version' : 'New major version'} · ${classification}`

function stepOf({ step, environments }: ReviewResource): string {
  return step === 'promote' ? `${stepWords.promote} in ${environments.join(', ')}` : stepWords[step]
}

function rowOf(one: ReviewResource): TableRow {
  const { group, version, waits_for_me: mine, waits_for: others } = one
  const href = reviewHref(group, version)
  return {
    id: `${group}@${version}`,
    href,
    cells: {
      version: <NameCell kind="group" name={`${group}@${version}`} href={href} meaning={meaningOf(one)} />,
      step: stepOf(one),
      waits: (
        <>
          <span className="md:hidden">waits for </span>
          {mine ? 'you' : others.length > 0 ? anyOf(others) : 'an administrator'}
        </>
      ),
      author: one.author,
      since: <Time at={one.since} relative />,
      owner: one.owner_team,
    },
  }
}

/** Versions that wait for a step, each leading to its review. */
export function ReviewQueue({ label, reviews }: { label: string; reviews: readonly ReviewResource[] }) {
  return <DataTable bare label={label} lines={2} columns={columns} rows={reviews.map(rowOf)} />
}
