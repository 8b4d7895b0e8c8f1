import Link from 'next/link'
import { assetHref } from '@/components/catalog/asset-href'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { EmptyState } from '@/components/ui/empty-state'
import { Name } from '@/components/ui/name'
import { toRoute, withParams } from '@/components/ui/route'
import { TabLinks } from '@/components/ui/tab-links'
import type { CompletenessResource } from '@/lib/completeness/operations'
import { MissingList } from './missing-list'

const page = '/governance/completeness'
const kinds = [
  ['group', 'Groups'],
  ['feature', 'Features'],
  ['service', 'Services'],
  ['entity', 'Entities'],
  ['source', 'Sources'],
  ['dataset', 'Datasets'],
] as const

const columns: TableColumn[] = [
  { id: 'name', header: 'Asset', grow: true, fixed: true, phone: 'first' },
  { id: 'missing', header: 'Lacks', width: '480px', phone: 'second' },
  { id: 'team', header: 'Owner', width: '140px', from: 'md' },
]

interface IncompleteViewProps {
  list: { data: CompletenessResource[]; meta: { next_cursor: string | null; total: number } }
  kind: CompletenessResource['kind']
  /** Null: everybody's; else one team's, or with `mine` those of the reader. */
  filter: { team: string | null; mine: string | null; item: string | null; q: string | null }
  cursor: string | null
  pageSize: number
  csvHref: string
}

function Whose({ kind, filter }: Pick<IncompleteViewProps, 'kind' | 'filter'>) {
  const isMine = filter.mine !== null
  const other = withParams(page, '', { kind, ...filter, team: null, mine: isMine ? 'false' : null })
  const words = filter.team
    ? `Of ${filter.team}.`
    : isMine
      ? 'Of your teams.'
      : 'Of all that you may know of.'
  return (
    <p className="text-muted">
      {words}{' '}
      <Link className="link" href={toRoute(other)}>
        {isMine ? 'Show everybody’s' : 'Show those of my teams'}
      </Link>
    </p>
  )
}

/** Assets that lack something, those that lack most first. */
export function IncompleteView(props: IncompleteViewProps) {
  const { list, kind, filter, cursor, pageSize, csvHref } = props
  return (
    <div className="flex flex-col gap-3">
      <TabLinks
        label="Kinds of assets"
        tabs={kinds.map(([one, label]) => ({
          label,
          href: withParams(page, '', { kind: one, mine: filter.mine ? null : 'false', team: filter.team }),
          current: one === kind,
        }))}
      />
      <Whose kind={kind} filter={filter} />
      <DataTable
        label="What lacks something"
        columns={columns}
        filterPlaceholder="Filter by name"
        csvHref={csvHref}
        rows={list.data.map((one) => {
          const href = assetHref(one.kind, one.name)
          return {
            id: one.name,
            href,
            cells: {
              name: <Name name={one.name} href={href} />,
              missing: (
                <div className="lg:w-120">
                  <MissingList missing={one.missing} />
                </div>
              ),
              team: one.owner_team,
            },
          }
        })}
        pager={{
          kind: 'cursor',
          cursor,
          nextCursor: list.meta.next_cursor,
          pageSize,
          total: list.meta.total,
        }}
        instead={
          list.data.length === 0 ? (
            <EmptyState title="Nothing is missing here">
              Each of them has what is asked for: a description, documentation, an owner, a contract and what
              your organisation needs.
            </EmptyState>
          ) : undefined
        }
      />
    </div>
  )
}
