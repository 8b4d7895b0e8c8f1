import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import { formatCount, formatNumber, formatShare } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import { PhoneWord } from '@/components/ui/phone-word'
import { scrollRegion } from '@/components/ui/scroll-region'
import type { DriftSeries, DriftWindow } from '@/lib/monitoring/operations'
import { JudgementWord } from './judgement'

const columnsOf = ({ kind, window }: DriftSeries): TableColumn[] => {
  const isNumeric = kind === 'numeric' || kind === 'length'
  const numeric: TableColumn[] = [
    { id: 'mean', header: 'Mean', align: 'right', width: '88px', from: 'md' },
    { id: 'moved', header: 'sd moved', align: 'right', width: '120px', phone: 'second' },
  ]
  const psi: TableColumn[] = [{ id: 'psi', header: 'PSI', align: 'right', width: '120px', from: 'md' }]
  const boolean: TableColumn[] = [
    { id: 'true_rate', header: 'True', align: 'right', width: '88px', from: 'md' },
  ]
  return [
    {
      id: 'start',
      grow: false,
      header: window === 'week' ? 'Week of' : 'Day',
      width: '124px',
      fixed: true,
      phone: 'first',
    },
    { id: 'judged', header: 'Verdict', width: '124px', phone: 'first' },
    { id: 'rows', header: 'Rows', align: 'right', width: '80px', phone: 'second' },
    { id: 'nulls', header: 'Nulls', align: 'right', width: '72px', phone: 'second' },
    ...(isNumeric ? numeric : []),
    ...(kind === 'boolean' ? boolean : []),
    ...(kind === 'presence' ? [] : psi),
    { id: 'p', header: 'p, adjusted', align: 'right', width: '104px', from: 'lg' },
  ]
}

/** An effect with the limit it is judged by. */
const against = (value: number | null, limit: number) =>
  value === null ? null : (
    <>
      {formatNumber(value, 3)} <span className="text-muted">of {formatNumber(limit, 2)}</span>
    </>
  )

function Start({ window }: { window: DriftWindow }) {
  const mark = window.in_reference ? 'reference' : window.complete ? null : 'still runs'
  return (
    <>
      {formatDay(window.start, true)}
      {mark ? <span className="ml-1.5 text-12 text-muted">{mark}</span> : null}
    </>
  )
}

function rowOf(window: DriftWindow, href: string): TableRow {
  const { thresholds } = window
  return {
    id: window.start,
    href,
    cells: {
      start: <Start window={window} />,
      judged: <JudgementWord judged={window.judged} />,
      rows: (
        <>
          {formatCount(window.rows)}
          <PhoneWord>rows</PhoneWord>
        </>
      ),
      nulls:
        window.null_rate === null ? null : (
          <>
            {formatShare(window.null_rate)}
            <PhoneWord>null</PhoneWord>
          </>
        ),
      mean: window.mean === null ? null : formatNumber(window.mean),
      moved: against(window.wasserstein_over_ref_std, thresholds.wasserstein_over_ref_std.warn),
      psi: against(window.psi, thresholds.psi.warn),
      true_rate: window.true_rate === null ? null : formatShare(window.true_rate),
      p: window.p_adjusted === null ? null : formatNumber(window.p_adjusted, 2),
    },
  }
}

interface WindowsTableProps {
  series: DriftSeries
  /** Start of the window whose distribution is shown. */
  selected: string | null
  /** The page with another window shown. */
  hrefOf: (window: DriftWindow) => string
}

/** Every window with its effects, the warn limit in force, and the verdict; newest first. */
export function WindowsTable({ series, selected, hrefOf }: WindowsTableProps) {
  return (
    <div {...scrollRegion(`${series.feature} by ${series.window}`)} className="overflow-x-auto">
      <DataTable
        bare
        label={`${series.feature} by ${series.window}`}
        columns={columnsOf(series)}
        rows={series.windows.toReversed().map((window) => rowOf(window, hrefOf(window)))}
        {...(selected ? { selectedId: selected } : {})}
      />
    </div>
  )
}
