import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import { Lifecycle } from '@/components/ui/lifecycle'
import { Name } from '@/components/ui/name'
import { Time } from '@/components/ui/time'
import type { VersionSummaryResource } from '@/lib/registry/operations'
import { type GroupPlace, groupHref } from './place'

const columns: TableColumn[] = [
  { id: 'version', header: 'Version', grow: true, fixed: true, phone: 'first' },
  { id: 'state', header: 'Lifecycle', width: '128px', phone: 'first' },
  { id: 'environments', header: 'Environments', width: '240px', phone: 'second' },
  { id: 'revision', header: 'Revisions', align: 'right', width: '96px', from: 'md' },
  { id: 'created', header: 'Created', width: '260px', phone: 'second' },
  { id: 'end', header: 'Replaced by', width: '220px', from: 'lg' },
]

function rowOf(one: VersionSummaryResource, place: GroupPlace): TableRow {
  const href = groupHref({ ...place, version: one.version })
  return {
    id: String(one.version),
    href,
    cells: {
      version: <Name name={`${place.name}@${one.version}`} href={href} />,
      state: <Lifecycle state={one.state} />,
      environments: one.environments.map(({ name, state }) => `${name} (${state})`).join(', ') || 'none',
      revision: one.revision,
      created: (
        <>
          <Time at={one.created_at} precision="day" /> by {one.created_by}
        </>
      ),
      end: one.deprecation?.replacement ? <Name name={one.deprecation.replacement} /> : null,
    },
  }
}

/** All versions, newest first. */
export function VersionsTable({
  versions,
  place,
  shown,
}: {
  versions: readonly VersionSummaryResource[]
  place: GroupPlace
  shown: number
}) {
  return (
    <DataTable
      bare
      label="Versions"
      columns={columns}
      rows={versions.map((one) => rowOf(one, place))}
      selectedId={String(shown)}
    />
  )
}
