import Link from 'next/link'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import { type GroupPlace, groupHref } from '@/components/feature-group/place'
import { reviewHref } from '@/components/review/place'
import { Lifecycle } from '@/components/ui/lifecycle'
import { Name } from '@/components/ui/name'
import { toRoute } from '@/components/ui/route'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import type { ListedVersionResource, RevisionResource } from '@/lib/registry/operations'
import { type ChangeClass, classStates } from './class-word'
import { RestoreAsNew } from './restore-as-new'

const columns: TableColumn[] = [
  { id: 'address', header: 'Version', grow: false, fixed: true, phone: 'first' },
  { id: 'state', header: 'Lifecycle', width: '112px', phone: 'first' },
  { id: 'changes', header: 'Changes', width: '220px', phone: 'second' },
  { id: 'why', header: 'Who and why', grow: true, phone: 'second' },
  { id: 'approved', header: 'Approved by', width: '130px', from: 'lg' },
  { id: 'since', header: 'Since', width: '96px', from: 'md' },
  { id: 'act', header: 'Restore', width: '132px', phone: 'second' },
]

const classes: ChangeClass[] = ['breaking', 'warning', 'info']

function Counts({ revision, place }: { revision: RevisionResource; place: GroupPlace }) {
  const { changes, previous, address, recorded_later: isOlder } = revision
  if (isOlder) return <span className="text-muted">not recorded</span>
  if (previous === null) return <span className="text-muted">first</span>
  const told = classes.filter((one) => changes[one] > 0)
  const href = groupHref(place, 'versions', { from: previous, to: address })
  return (
    <Link
      className="flex flex-wrap gap-x-3 hover:underline"
      href={toRoute(href)}
      aria-label={`What @${address} changed`}
    >
      {told.length === 0 ? <span className="text-muted">none that you may see</span> : null}
      {told.map((one) => (
        <StateWord key={one} state={classStates[one]}>
          {changes[one]} {one}
        </StateWord>
      ))}
    </Link>
  )
}

function Why({ revision }: { revision: RevisionResource }) {
  const { author, reason, restored_from: restored, recorded_later: isOlder, approval_reason: said } = revision
  const more = [
    ...(restored ? [`Brings @${restored} back.`] : []),
    ...(reason ? [reason] : []),
    ...(said ? [`Approved: ${said}`] : []),
    ...(isOlder ? ['Its earlier revisions were not recorded.'] : []),
  ].join(' ')
  return (
    <span className="block truncate" title={more}>
      {author}
      {more ? <span className="text-muted"> · {more}</span> : null}
    </span>
  )
}

interface Restorable {
  group: string
  /** What a restored definition is compared with; null: the reader may not change the group. */
  base: string | null
}

/** What stands is promoted, not restored: only the past is, and what has come to its end. */
const isRestorable = ({ state }: ListedVersionResource, isNewest: boolean) =>
  !isNewest || state === 'deprecated' || state === 'archived'

function rowOf(
  version: ListedVersionResource,
  revision: RevisionResource,
  place: GroupPlace,
  { group, base }: Restorable,
): TableRow {
  const isNewest = revision.revision === version.revision
  const href = groupHref({ ...place, version: version.version })
  return {
    id: revision.address,
    cells: {
      address: isNewest ? (
        <Name name={`${group}@${revision.address}`} href={href} />
      ) : (
        <span className="font-mono text-muted">@{revision.address}</span>
      ),
      state: isNewest ? <Lifecycle state={version.state} /> : <span className="text-muted">past</span>,
      changes: <Counts revision={revision} place={place} />,
      why: <Why revision={revision} />,
      approved: revision.approved_by,
      since: <Time at={revision.since} precision="day" />,
      act:
        isRestorable(version, isNewest) && base !== null && base !== revision.address ? (
          <RestoreAsNew group={group} address={revision.address} base={base} />
        ) : null,
    },
  }
}

const draftRow = (version: ListedVersionResource, group: string): TableRow => ({
  id: String(version.version),
  cells: {
    address: <Name name={`${group}@${version.version}`} href={reviewHref(group, version.version)} />,
    state: <Lifecycle state={version.state} />,
    changes: (
      <Link className="link" href={toRoute(reviewHref(group, version.version))}>
        Review…
      </Link>
    ),
    why: version.created_by,
    since: <Time at={version.created_at} precision="day" />,
  },
})

/** Every version with its revisions, newest first; a draft as one row. */
export function RevisionsTable({
  versions,
  place,
  restorable,
}: {
  versions: readonly ListedVersionResource[]
  place: GroupPlace
  restorable: Restorable
}) {
  return (
    <DataTable
      bare
      label="Versions and revisions"
      columns={restorable.base === null ? columns.filter(({ id }) => id !== 'act') : columns}
      rows={versions.flatMap((version) =>
        version.revisions.length === 0
          ? [draftRow(version, restorable.group)]
          : version.revisions.map((revision) => rowOf(version, revision, place, restorable)),
      )}
    />
  )
}
