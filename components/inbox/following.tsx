import { assetHref } from '@/components/catalog/asset-href'
import { DataTable } from '@/components/data-table/data-table'
import { NameCell } from '@/components/data-table/name-cell'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import { kindWord } from '@/components/icons/kind-glyph'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount } from '@/components/ui/format-number'
import { Lifecycle } from '@/components/ui/lifecycle'
import { Section } from '@/components/ui/section'
import type { FollowedResource } from '@/lib/notify/operations'
import { FollowButton } from './follow-button'

const columns: TableColumn[] = [
  { id: 'name', header: 'Asset', grow: true, fixed: true, phone: 'first' },
  { id: 'why', header: 'Why', width: '180px', phone: 'second' },
  { id: 'lifecycle', header: 'Lifecycle', width: '120px', from: 'lg' },
  { id: 'act', header: 'Following', width: '140px', phone: 'second' },
]

const rowOf = ({ asset, owner_team: team, automatic, lifecycle }: FollowedResource): TableRow => ({
  id: `${asset.kind}:${asset.name}`,
  href: assetHref(asset.kind, asset.name),
  cells: {
    name: (
      <NameCell
        kind={asset.kind}
        name={asset.name}
        href={assetHref(asset.kind, asset.name)}
        meaning={kindWord(asset.kind)}
      />
    ),
    why: automatic ? `your team ${team} owns it` : 'you follow it',
    lifecycle: <Lifecycle state={lifecycle} />,
    act: <FollowButton key={`${asset.name}${automatic}`} follow={{ asset, following: true, automatic }} />,
  },
})

interface FollowingProps {
  page: { data: FollowedResource[]; meta: { next_cursor: string | null; total: number } }
}

/** What somebody follows, by their own act or because their team owns it. */
export function Following({ page: { data, meta } }: FollowingProps) {
  return (
    <Section title="What you follow" aside={meta.total > 0 ? formatCount(meta.total) : undefined}>
      {data.length === 0 ? (
        <EmptyState title="You follow nothing" action={<ButtonLink href="/catalog">Catalogue</ButtonLink>}>
          Open an asset and choose Follow: its new versions, deprecations and incidents come to your inbox.
        </EmptyState>
      ) : (
        <DataTable bare label="What you follow" lines={2} columns={columns} rows={data.map(rowOf)} />
      )}
      {meta.next_cursor ? (
        <p className="pt-2">
          <ButtonLink size="small" href={`/settings/notifications?cursor=${meta.next_cursor}`}>
            Next
          </ButtonLink>
        </p>
      ) : null}
    </Section>
  )
}
