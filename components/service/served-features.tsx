import { assetHref } from '@/components/catalog/asset-href'
import { DayStrip } from '@/components/charts/day-strip'
import type { Day } from '@/components/charts/day-strip-summary'
import { MiniDistribution } from '@/components/charts/mini-distribution'
import { DataTable } from '@/components/data-table/data-table'
import type { TableColumn } from '@/components/data-table/types'
import { Lifecycle, type LifecycleState } from '@/components/ui/lifecycle'
import { Name } from '@/components/ui/name'
import { StateShape } from '@/components/ui/state'
import type { VerdictClause } from '@/components/ui/verdict-line'

/** One feature of a service with what is known of its health; absent: not shown to this reader. */
export interface ServedFeature {
  /** `group:feature` */
  name: string
  /** The version that was pinned. */
  version: number
  /** Null: the reader may not know of it. */
  lifecycle: LifecycleState | null
  fresh: VerdictClause | null
  distribution: readonly number[] | null
  days: readonly Day[]
}

const columns: TableColumn[] = [
  { id: 'feature', header: 'Feature', grow: true, fixed: true, phone: 'first' },
  { id: 'version', header: 'Version pinned', width: '176px', phone: 'second' },
  { id: 'distribution', header: 'Distribution', width: '92px', from: 'lg' },
  { id: 'fresh', header: 'Freshness', width: '260px', from: 'lg' },
  { id: 'days', header: '28 days', width: '184px', phone: 'first' },
]

/** The features of a service in the order served, each as it stands in the environment. */
export function ServedFeatures({ features }: { features: readonly ServedFeature[] }) {
  return (
    <DataTable
      bare
      label="Features served"
      columns={columns}
      rows={features.map(({ name, version, lifecycle, fresh, distribution, days }) => ({
        id: name,
        href: assetHref('feature', name),
        cells: {
          feature: <Name name={name} href={assetHref('feature', name)} />,
          version: (
            <span className="inline-flex items-center gap-2">
              <span className="num">@{version}</span>
              {lifecycle ? (
                <Lifecycle state={lifecycle} />
              ) : (
                <span className="text-muted">not open to you</span>
              )}
            </span>
          ),
          distribution: distribution ? (
            <MiniDistribution counts={distribution} label={`Distribution of ${name}`} />
          ) : null,
          fresh: fresh ? (
            <span className="inline-flex items-center gap-1.5">
              {fresh.state === 'fact' ? null : <StateShape state={fresh.state} />}
              <span className="truncate">{fresh.text}</span>
            </span>
          ) : null,
          days: days.length > 0 ? <DayStrip days={days} label={`Last 28 days of ${name}`} /> : null,
        },
      }))}
    />
  )
}
