import { AddToBasket } from '@/components/basket/add-to-basket'
import { MiniDistribution } from '@/components/charts/mini-distribution'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn, TableRow } from '@/components/data-table/types'
import { miniCounts } from '@/components/feature/prepare-distribution'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount, formatNumber, formatShare } from '@/components/ui/format-number'
import { Name } from '@/components/ui/name'
import { PhoneWord } from '@/components/ui/phone-word'
import type { FeatureStatistics } from '@/lib/monitoring/operations'
import type { FeatureResource } from '@/lib/registry/operations'
import { featureHref, type GroupPlace } from './place'
import { exactText, wordText } from './words'

/** A feature with what is counted of it; null: not counted, or not shown to this reader. */
export interface FeatureLine {
  feature: FeatureResource
  statistics: FeatureStatistics | null
  readers: number
}

const columns: TableColumn[] = [
  { id: 'name', header: 'Name', sortable: true, grow: true, fixed: true, phone: 'first' },
  { id: 'type', header: 'Type', sortable: true, width: '112px', phone: 'second' },
  { id: 'distribution', header: 'Distribution', width: '92px', phone: 'first' },
  { id: 'nulls', header: 'Nulls', align: 'right', sortable: true, width: '84px', phone: 'second' },
  { id: 'distinct', header: 'Distinct', align: 'right', sortable: true, width: '96px', from: 'lg' },
  { id: 'mean', header: 'Mean', align: 'right', sortable: true, width: '104px', from: 'md' },
  { id: 'least', header: 'Least', align: 'right', width: '120px', from: 'xl' },
  { id: 'greatest', header: 'Greatest', align: 'right', width: '120px', from: 'xl' },
  { id: 'readers', header: 'Readers 30 d', align: 'right', sortable: true, width: '116px', phone: 'second' },
]

const extreme = (value: unknown) =>
  value === null || value === undefined ? null : (
    <span className="inline-block max-w-28 truncate align-bottom" title={exactText(value)}>
      {typeof value === 'number' ? formatNumber(value) : wordText(value)}
    </span>
  )

function NameAndMeaning({ feature, place }: { feature: FeatureResource; place: GroupPlace }) {
  return (
    <span className="flex min-w-0 items-start gap-2">
      <span className="flex min-w-0 flex-col">
        <span className="flex min-w-0 items-baseline gap-2">
          <Name name={feature.name} href={featureHref(place, feature.name)} />
          {feature.role === 'label' ? <span className="text-12 text-muted">label</span> : null}
          {feature.expression ? <span className="text-12 text-muted">derived</span> : null}
        </span>
        <span className="truncate text-12 text-muted">{feature.description}</span>
      </span>
      {feature.role === 'feature' ? (
        <span className="ml-auto shrink-0 max-md:hidden">
          <AddToBasket
            feature={`${place.name}${place.version === null ? '' : `@${place.version}`}:${feature.name}`}
          />
        </span>
      ) : null}
    </span>
  )
}

function rowOf({ feature, statistics, readers }: FeatureLine, place: GroupPlace): TableRow {
  const counts = statistics ? miniCounts(statistics) : null
  const rows = statistics?.rows ?? 0
  return {
    id: feature.name,
    href: featureHref(place, feature.name),
    cells: {
      name: <NameAndMeaning feature={feature} place={place} />,
      type: <span className="font-mono text-12">{feature.type}</span>,
      distribution: counts ? (
        <MiniDistribution counts={counts} label={`Distribution of ${feature.name}`} />
      ) : null,
      nulls:
        statistics && rows > 0 ? (
          <>
            {formatShare(statistics.nulls / rows)}
            <PhoneWord>null</PhoneWord>
          </>
        ) : null,
      distinct: statistics ? formatCount(statistics.distinct) : null,
      mean: statistics?.mean == null ? null : formatNumber(statistics.mean),
      least: extreme(statistics?.min),
      greatest: extreme(statistics?.max),
      readers: (
        <>
          {formatCount(readers)}
          <PhoneWord>{readers === 1 ? 'reader' : 'readers'}</PhoneWord>
        </>
      ),
    },
  }
}

interface FeaturesTableProps {
  /** Of this page. */
  lines: readonly FeatureLine[]
  pager: { page: number; pageSize: number; total: number }
  place: GroupPlace
  /** What the filter box holds, when it left nothing. */
  filter: string | null
}

/** The features of a version with their statistics; sorted and filtered by the address. */
export function FeaturesTable({ lines, pager, place, filter }: FeaturesTableProps) {
  return (
    <DataTable
      label="Features"
      columns={columns}
      rows={lines.map((line) => rowOf(line, place))}
      lines={2}
      pager={{ kind: 'page', ...pager }}
      filterPlaceholder="Filter features"
      instead={
        lines.length === 0 ? (
          <EmptyState title={filter ? `No feature matches “${filter}”` : 'No feature is open to you here'}>
            {filter ? 'Names, types and descriptions were searched.' : null}
          </EmptyState>
        ) : undefined
      }
    />
  )
}
