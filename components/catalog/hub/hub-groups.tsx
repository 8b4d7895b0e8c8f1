import { DayStrip } from '@/components/charts/day-strip'
import { DataTable } from '@/components/data-table/data-table'
import { NameCell } from '@/components/data-table/name-cell'
import type { TableColumn } from '@/components/data-table/types'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { StateWord } from '@/components/ui/state'
import type { HitResource, SearchResource } from '@/lib/catalog/operations'
import { assetHref } from '../asset-href'
import type { AssetSign } from '../asset-sign'
import { ReadersSign } from '../readers-sign'

/** How old the newest row of a group is against what was promised. */
interface Freshness {
  state: 'ok' | 'warn' | 'fail' | 'unknown' | 'fact'
  text: string
}

export interface HubGroupsProps {
  groups: Pick<SearchResource, 'data'> & { meta: Pick<SearchResource['meta'], 'next_cursor' | 'total'> }
  /** By `group/name`. */
  signs: Readonly<Record<string, AssetSign>>
  /** By the group's name; absent where it is not served here. */
  fresh: ReadonlyMap<string, Freshness>
  cursor: string | null
  limit: number
  /** Why there is none. */
  empty: string
}

const columns: TableColumn[] = [
  { id: 'name', header: 'Feature group', grow: true, phone: 'first' },
  { id: 'days', header: '28 days', width: '184px', phone: 'first' },
  { id: 'fresh', header: 'Rows', width: '104px', from: 'lg', phone: 'second' },
  { id: 'readers', header: 'Readers 30 d', align: 'right', width: '116px', from: 'lg', phone: 'second' },
  { id: 'team', header: 'Owner', width: '96px', phone: 'second' },
]

const freshWords: Record<Freshness['state'], string> = {
  ok: 'fresh',
  warn: 'late',
  fail: 'overdue',
  unknown: 'no rows yet',
  fact: 'any time',
}

function Fresh({ fresh }: { fresh: Freshness | undefined }) {
  if (!fresh) return <span className="text-muted">not here</span>
  const word = freshWords[fresh.state]
  return (
    <span title={fresh.text}>
      {fresh.state === 'fact' ? word : <StateWord state={fresh.state}>{word}</StateWord>}
    </span>
  )
}

/** What it means, and its state where that is not the usual one. */
const meaningOf = ({ description, lifecycle }: HitResource) =>
  [lifecycle === 'active' ? '' : lifecycle.replace('_', ' '), description.split('\n')[0]]
    .filter(Boolean)
    .join(' · ')

function cellsOf(hit: HitResource, { signs, fresh }: HubGroupsProps) {
  const sign = signs[`group/${hit.name}`]
  return {
    name: (
      <NameCell kind="group" name={hit.name} href={assetHref('group', hit.name)} meaning={meaningOf(hit)} />
    ),
    days: sign?.days ? <DayStrip days={sign.days} label={`Last 28 days of ${hit.name}`} /> : null,
    fresh: <Fresh fresh={fresh.get(hit.name)} />,
    readers: <ReadersSign readers={sign?.readers} weeklyReads={sign?.weeklyReads} />,
    team: hit.team,
  }
}

/** The feature groups of an entity or a domain with their life, a page at a time. */
export function HubGroups(props: HubGroupsProps) {
  const { groups, cursor, limit, empty } = props
  return (
    <DataTable
      bare
      label="Feature groups"
      lines={2}
      columns={columns}
      rows={groups.data.map((hit) => ({
        id: hit.name,
        href: assetHref('group', hit.name),
        cells: cellsOf(hit, props),
      }))}
      pager={{
        kind: 'cursor',
        cursor,
        nextCursor: groups.meta.next_cursor,
        pageSize: limit,
        total: groups.meta.total,
      }}
      instead={
        groups.data.length === 0 ? (
          <EmptyState
            title={empty}
            action={<ButtonLink href="/register">Register a feature group</ButtonLink>}
          />
        ) : undefined
      }
    />
  )
}
