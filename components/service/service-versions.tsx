import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { plural } from '@/components/ui/format-number'
import { Time } from '@/components/ui/time'
import type { ServiceVersionResource } from '@/lib/registry/operations'

const columns: TableColumn[] = [
  { id: 'version', header: 'Version', width: '88px', fixed: true, phone: 'first' },
  { id: 'features', header: 'Features', width: '104px', phone: 'first' },
  { id: 'change', header: 'Against the version before', grow: true, phone: 'second' },
  { id: 'made', header: 'Made', width: '128px', phone: 'second' },
  { id: 'by', header: 'By', width: '152px', from: 'md' },
]

function Lines({ what, references }: { what: string; references: readonly string[] }) {
  if (references.length === 0) return null
  return (
    <span className="block">
      <span className="text-muted">{what}</span>{' '}
      <span className="font-mono text-12 [overflow-wrap:anywhere]">{references.join(', ')}</span>
    </span>
  )
}

function Change({
  version,
  before,
}: {
  version: ServiceVersionResource
  before: ServiceVersionResource | undefined
}) {
  if (!before) return <span className="text-muted">the first</span>
  const added = version.features.filter((one) => !before.features.includes(one))
  const removed = before.features.filter((one) => !version.features.includes(one))
  if (added.length + removed.length === 0)
    return <span className="text-muted">the same features, in another order or with other names</span>
  return (
    <>
      <Lines what="added" references={added} />
      <Lines what="removed" references={removed} />
    </>
  )
}

/** Every version of a service, newest first: a reader names one, or gets the newest. */
export function ServiceVersions({ versions }: { versions: readonly ServiceVersionResource[] }) {
  const newestFirst = [...versions].sort((a, b) => b.version - a.version)
  return (
    <DataTable
      bare
      label="Versions"
      columns={columns}
      rows={newestFirst.map((version, at) => ({
        id: String(version.version),
        cells: {
          version: <span className="num">@{version.version}</span>,
          features: plural(version.features.length, 'feature'),
          change: (
            <span className="block whitespace-normal py-1">
              <Change version={version} before={newestFirst[at + 1]} />
            </span>
          ),
          made: <Time at={version.created_at} relative />,
          by: version.created_by,
        },
      }))}
    />
  )
}
