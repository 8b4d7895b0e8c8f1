import Link from 'next/link'
import type { CSSProperties, ReactNode } from 'react'
import { DayLegend } from '@/components/charts/day-legend'
import { DayStrip } from '@/components/charts/day-strip'
import { DataTable } from '@/components/data-table/data-table'
import type { Pager, TableColumn, TableRow } from '@/components/data-table/types'
import { groupHref } from '@/components/feature-group/place'
import { formatDay } from '@/components/ui/format-time'
import { Name } from '@/components/ui/name'
import { toRoute } from '@/components/ui/route'
import type { OverviewRow } from '@/lib/monitoring/operations'
import { DayStateWord } from './day-state-word'

const columns: TableColumn[] = [
  { id: 'state', header: 'Now', width: '112px', fixed: true, grow: false, phone: 'second' },
  { id: 'group', header: 'Feature group', width: '260px', fixed: true, phone: 'first' },
  { id: 'days', header: '28 days, UTC', width: '184px', phone: 'end' },
  { id: 'detail', header: 'What the newest day says', grow: true, from: 'lg' },
  { id: 'team', header: 'Owner', width: '128px', phone: 'second' },
]

/** A day that was due: the newest one decides what is said. */
const newestDue = ({ days }: OverviewRow) => days.findLast(({ state }) => state !== 'not_due')

interface HeatMapProps {
  rows: readonly OverviewRow[]
  /** Null: prod, the environment that addresses leave out. */
  environment: string | null
  teamHref: (team: string) => string
  pager: Pager
  toolbar: ReactNode
  instead?: ReactNode
}

function rowOf(row: OverviewRow, { environment, teamHref }: HeatMapProps): TableRow {
  const place = { name: row.group, version: null, environment }
  const newest = newestDue(row)
  const href = groupHref(place, 'quality')
  return {
    id: row.group,
    href,
    cells: {
      state: <DayStateWord state={row.state} />,
      group: <Name name={row.group} href={href} />,
      days: (
        <DayStrip
          label={`Last 28 days of ${row.group}`}
          days={row.days.map((day) => ({ ...day, href: groupHref(place, 'quality', { day: day.date }) }))}
        />
      ),
      detail: newest ? (
        <span className="text-muted">
          {formatDay(newest.date)}: {newest.detail}
        </span>
      ) : (
        <span className="text-muted">nothing was due in 28 days</span>
      ),
      team: (
        <Link href={toRoute(teamHref(row.owner_team))} className="hover:underline">
          {row.owner_team}
        </Link>
      ),
    },
  }
}

const denseRows = { '--row': '1.5rem' } as CSSProperties

/** Groups by day, worst first. */
export function HeatMap(props: HeatMapProps) {
  return (
    <div style={denseRows} className="flex flex-col gap-2">
      <DayLegend />
      <DataTable
        label="Groups by day"
        columns={columns}
        rows={props.rows.map((row) => rowOf(row, props))}
        pager={props.pager}
        toolbar={props.toolbar}
        instead={props.instead}
      />
    </div>
  )
}
