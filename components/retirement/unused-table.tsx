'use client'
import { type ReactNode, useState } from 'react'
import { assetHref } from '@/components/catalog/asset-href'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { useChosen } from '@/components/data-table/use-chosen'
import { Checkbox } from '@/components/ui/checkbox'
import { formatCount } from '@/components/ui/format-number'
import { Time } from '@/components/ui/time'
import type { Asset, OutcomeResource, UnusedResource } from '@/lib/retirement/operations'
import { assetName, assetOf } from './asset-words'
import { BulkDialog } from './bulk-dialog'
import { CampaignDialog } from './campaign-dialog'
import { ChoosableName } from './choosable-name'
import { Outcomes } from './outcomes'

interface UnusedTableProps {
  page: { data: UnusedResource[]; meta: { next_cursor: string | null; total: number } }
  cursor: string | null
  limit: number
  csvHref: string
  /** May ask owners by a campaign. */
  mayAsk: boolean
  /** Stands in place of the rows when there are none. */
  instead: ReactNode
}

const columns: TableColumn[] = [
  { id: 'name', header: 'Name', grow: true, fixed: true, phone: 'first' },
  { id: 'team', header: 'Owner', width: '160px', phone: 'second' },
  { id: 'lifecycle', header: 'State', width: '110px', from: 'md' },
  { id: 'last', header: 'Last read', width: '130px', align: 'right', phone: 'second' },
  { id: 'idle', header: 'Days idle', width: '100px', align: 'right', phone: 'second' },
]

interface Chosen {
  has: (id: string) => boolean
  toggle: (id: string) => void
}

const cellsOf = (one: UnusedResource, chosen: Chosen) => ({
  name: (
    <ChoosableName
      name={assetName(one)}
      href={assetHref(one.kind, one.name)}
      chosen={assetOf(one) ? chosen.has(one.name) : null}
      onToggle={() => chosen.toggle(one.name)}
    />
  ),
  team: one.owner_team,
  lifecycle: one.lifecycle,
  last: one.last_read === null ? 'never' : <Time at={one.last_read} precision="day" />,
  idle: formatCount(one.idle_days),
})

/** What nobody reads, to choose from: asked about, deprecated or archived together. */
export function UnusedTable({ page, cursor, limit, csvHref, mayAsk, instead }: UnusedTableProps) {
  const { data, meta } = page
  const isChoosable = data.some((one) => assetOf(one) !== null)
  const chosen = useChosen(data.map(({ name }) => name))
  const [results, setResults] = useState<OutcomeResource[]>([])
  const items: Asset[] = data.flatMap((one) => (chosen.has(one.name) ? (assetOf(one) ?? []) : []))
  const done = (outcomes: OutcomeResource[]) => {
    setResults(outcomes)
    chosen.clear()
  }
  return (
    <div className="flex flex-col gap-3">
      <Outcomes results={results} />
      <DataTable
        label="Unused"
        filterPlaceholder="Filter by name"
        columns={columns}
        rows={data.map((one) => ({
          id: one.name,
          href: assetHref(one.kind, one.name),
          cells: cellsOf(one, chosen),
        }))}
        csvHref={csvHref}
        toolbar={
          isChoosable ? (
            <div className="flex flex-wrap items-center gap-2">
              <Checkbox
                label={items.length === 0 ? 'Choose all' : `${items.length} chosen`}
                checked={items.length === data.length}
                indeterminate={items.length > 0 && items.length < data.length}
                onChange={(event) => chosen.all(event.target.checked)}
              />
              <BulkDialog act="deprecate" items={items} onDone={done} />
              <BulkDialog act="archive" items={items} onDone={done} />
              {mayAsk ? <CampaignDialog items={items} /> : null}
            </div>
          ) : undefined
        }
        pager={{ kind: 'cursor', cursor, nextCursor: meta.next_cursor, pageSize: limit, total: meta.total }}
        instead={data.length === 0 ? instead : undefined}
      />
    </div>
  )
}
