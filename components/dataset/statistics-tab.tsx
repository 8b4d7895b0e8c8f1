import { MiniDistribution } from '@/components/charts/mini-distribution'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { FeatureDistribution } from '@/components/feature/feature-distribution'
import { miniCounts, type ShapeStatistics } from '@/components/feature/prepare-distribution'
import { formatCount, formatNumber, formatShare } from '@/components/ui/format-number'
import { PhoneWord } from '@/components/ui/phone-word'
import { Section } from '@/components/ui/section'
import type { ColumnStatisticsResource } from '@/lib/datasets/operations'
import { datasetHref } from './dataset-words'
import { ValueText } from './value-text'

const columns: TableColumn[] = [
  { id: 'name', header: 'Column', grow: true, fixed: true, phone: 'first' },
  { id: 'role', header: 'Role', width: '90px', phone: 'second' },
  { id: 'type', header: 'Type', width: '130px', from: 'md' },
  { id: 'shape', header: 'Distribution', width: '90px', phone: 'first' },
  { id: 'nulls', header: 'Null', align: 'right', width: '90px', phone: 'second' },
  { id: 'distinct', header: 'Different', align: 'right', width: '110px', from: 'md' },
  { id: 'mean', header: 'Mean', align: 'right', width: '110px', from: 'lg' },
  { id: 'min', header: 'Least', align: 'right', width: '150px', from: 'lg' },
  { id: 'max', header: 'Greatest', align: 'right', width: '150px', from: 'lg' },
]

/** In the form that the charts of features take. */
export const shapeOf = (one: ColumnStatisticsResource): ShapeStatistics => ({
  ...one,
  top: one.top.map(({ value, count }) => ({ value, count })),
  other: one.rows - one.nulls - one.top.reduce((total, { count }) => total + count, 0),
  lengths: null,
})

const Extreme = (one: { value: unknown; type: string }) => (
  <span className="block truncate">
    <ValueText {...one} none="–" rounded />
  </span>
)

function cellsOf(one: ColumnStatisticsResource) {
  const counts = miniCounts(shapeOf(one))
  return {
    name: <span className="font-mono text-12">{one.name}</span>,
    role: one.role,
    type: <span className="font-mono text-12">{one.type}</span>,
    shape: counts ? <MiniDistribution counts={counts} label={`Distribution of ${one.name}`} /> : '–',
    nulls: (
      <>
        {formatShare(one.rows > 0 ? one.nulls / one.rows : null)} <PhoneWord>null</PhoneWord>
      </>
    ),
    distinct: formatCount(one.distinct),
    mean: one.mean === null ? '–' : formatNumber(one.mean),
    min: <Extreme value={one.min} type={one.type} />,
    max: <Extreme value={one.max} type={one.type} />,
  }
}

interface StatisticsTabProps {
  dataset: string
  version: number
  statistics: readonly ColumnStatisticsResource[]
  /** The column whose distribution is drawn large. */
  selected: string | undefined
}

/** Every column in one row; the chosen one's distribution above them. */
export function StatisticsTab({ dataset, version, statistics, selected }: StatisticsTabProps) {
  const shown =
    statistics.find(({ name }) => name === selected) ??
    statistics.find(({ role }) => role === 'label') ??
    statistics.find(({ role }) => role === 'feature')
  return (
    <div className="flex flex-col gap-8">
      {shown ? (
        <Section
          title={<span className="font-mono">{shown.name}</span>}
          note={`${shown.role}, ${shown.type}`}
        >
          <FeatureDistribution statistics={shapeOf(shown)} />
        </Section>
      ) : null}
      <DataTable
        bare
        label="Columns"
        columns={columns}
        {...(shown ? { selectedId: shown.name } : {})}
        rows={statistics.map((one) => ({
          id: one.name,
          href: `${datasetHref(dataset, version, 'statistics')}&column=${encodeURIComponent(one.name)}`,
          cells: cellsOf(one),
        }))}
      />
    </div>
  )
}
