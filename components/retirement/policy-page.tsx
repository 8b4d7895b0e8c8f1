import { assetHref } from '@/components/catalog/asset-href'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { EmptyState } from '@/components/ui/empty-state'
import { plural } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Name } from '@/components/ui/name'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { ArchiveCandidateResource, ArchivePreviewResource } from '@/lib/retirement/operations'
import { PolicyForm } from './policy-form'
import { RunPolicy } from './run-policy'

interface PolicyPageProps {
  preview: ArchivePreviewResource
  set: { enabled: boolean; unread_days: number; successor_days: number }
  etag: string
  mayManage: boolean
}

const columns: TableColumn[] = [
  { id: 'name', header: 'Version', width: '300px', fixed: true, phone: 'first' },
  { id: 'team', header: 'Owner', width: '140px', from: 'md' },
  { id: 'read', header: 'Last read', width: '120px', align: 'right', phone: 'second' },
  { id: 'because', header: 'Why', grow: true, phone: 'second' },
]

function Versions({ label, list }: { label: string; list: readonly ArchiveCandidateResource[] }) {
  return (
    <DataTable
      bare
      label={label}
      columns={columns}
      rows={list.map(({ group, version, owner_team: team, last_read: read, because }) => ({
        id: `${group}@${version}`,
        href: `${assetHref('group', group)}?version=${version}`,
        cells: {
          name: (
            <Name name={`${group}@${version}`} href={`${assetHref('group', group)}?version=${version}`} />
          ),
          team,
          read: read === null ? 'never' : <Time at={read} precision="day" />,
          because: (
            <span className="block whitespace-normal py-1">
              <MarkedProse text={because} />
            </span>
          ),
        },
      }))}
    />
  )
}

const nameOf = ({ group, version }: ArchiveCandidateResource) => `${group}@${version}`

/** What the policy would archive, and why not the others; its days, and the switch. */
export function PolicyPage({ preview, set, etag, mayManage }: PolicyPageProps) {
  const { would_archive: going, stays } = preview
  const isSet = set.unread_days === preview.unread_days && set.successor_days === preview.successor_days
  return (
    <div className="flex flex-col gap-8">
      <PolicyForm
        key={`${etag} ${preview.unread_days} ${preview.successor_days}`}
        set={set}
        shown={preview}
        etag={etag}
        mayManage={mayManage}
      />
      <Section
        title={`${plural(going.length, 'version')} would be archived`}
        note={`Not read for ${preview.unread_days} days, and a successor active for ${preview.successor_days}.`}
        aside={mayManage && isSet && going.length > 0 ? <RunPolicy names={going.map(nameOf)} /> : undefined}
      >
        {going.length === 0 ? (
          <EmptyState title="None">Nothing that you may see is old enough, or out of use.</EmptyState>
        ) : (
          <Versions label="Would be archived" list={going} />
        )}
      </Section>
      {stays.length === 0 ? null : (
        <Section title={`${plural(stays.length, 'version stays', 'versions stay')}`}>
          <Versions label="Stays" list={stays} />
        </Section>
      )}
    </div>
  )
}
