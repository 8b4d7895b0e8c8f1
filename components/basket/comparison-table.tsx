import Link from 'next/link'
import type { ReactNode } from 'react'
import { assetHref } from '@/components/catalog/asset-href'
import { DayStrip } from '@/components/charts/day-strip'
import { formatCount, formatNumber, formatShare } from '@/components/ui/format-number'
import { Lifecycle } from '@/components/ui/lifecycle'
import { toRoute } from '@/components/ui/route'
import { scrollRegion } from '@/components/ui/scroll-region'
import { StateShape } from '@/components/ui/state'
import type { VerdictClause } from '@/components/ui/verdict-line'
import { BasketColumn } from './basket-column'
import type { ComparedFeature } from './compared'
import { FeatureShape } from './feature-shape'

function Clause({ clause }: { clause: VerdictClause | null }) {
  if (!clause) return <span className="text-muted">not shown to you</span>
  const body = (
    <span className="inline-flex items-baseline gap-1.5">
      {clause.state === 'fact' ? null : <StateShape state={clause.state} />}
      <span>{clause.text}</span>
    </span>
  )
  if (!clause.href) return body
  return (
    <Link href={toRoute(clause.href)} className="hover:underline">
      {body}
    </Link>
  )
}

/** What is counted of values, where the reader may see it. */
const counted =
  (show: (statistics: NonNullable<ComparedFeature['statistics']>) => ReactNode) =>
  ({ statistics, statisticsNote }: ComparedFeature): ReactNode => {
    if (!statistics) return <span className="text-muted">{statisticsNote || 'not shown to you'}</span>
    return statistics.rows === 0 ? <span className="text-muted">no rows yet</span> : show(statistics)
  }

interface Line {
  term: string
  note?: string
  show: (feature: ComparedFeature) => ReactNode
}

const lines: readonly Line[] = [
  { term: 'Meaning', show: ({ meaning }) => meaning || <span className="text-muted">not written down</span> },
  {
    term: 'Distribution',
    note: '10 % · median · 90 %',
    show: (feature) =>
      counted((statistics) => <FeatureShape name={feature.reference} statistics={statistics} />)(feature),
  },
  { term: 'Nulls', show: counted(({ nulls, rows }) => formatShare(nulls / rows)) },
  { term: 'Rows', show: counted(({ rows }) => formatCount(rows)) },
  {
    term: 'Mean',
    note: '± standard deviation',
    show: counted(({ mean, standard_deviation: deviation }) =>
      mean === null ? '–' : `${formatNumber(mean)} ± ${deviation === null ? '–' : formatNumber(deviation)}`,
    ),
  },
  { term: 'Freshness', show: ({ fresh }) => <Clause clause={fresh} /> },
  { term: 'Drift', show: ({ drift }) => <Clause clause={drift} /> },
  {
    term: '28 days',
    show: ({ days, reference }) =>
      days.length > 0 ? <DayStrip days={days} label={`Last 28 days of ${reference}`} /> : '–',
  },
  { term: 'Readers', note: 'in 30 days', show: ({ readers }) => formatCount(readers) },
  { term: 'Type', show: ({ type }) => <span className="font-mono text-12">{type}</span> },
  {
    term: 'Entity',
    show: ({ entity }) =>
      entity === null ? (
        'none: one row'
      ) : (
        <Link href={toRoute(assetHref('entity', entity))} className="link font-mono text-12">
          {entity}
        </Link>
      ),
  },
  {
    term: 'Owner',
    show: ({ owner_team: team }) => (
      <Link href={toRoute(`/catalog?team=${encodeURIComponent(team)}`)} className="link">
        {team}
      </Link>
    ),
  },
  { term: 'Lifecycle', show: ({ lifecycle }) => <Lifecycle state={lifecycle} /> },
  { term: 'Classification', show: ({ classification }) => classification },
]

/** Both parts whole: what differs between neighbours is often their end. */
function ColumnName({ feature }: { feature: ComparedFeature }) {
  const at = feature.reference.indexOf(':') + 1
  return (
    <Link
      href={toRoute(feature.href)}
      aria-label={feature.reference}
      className="block font-mono text-12 hover:underline"
    >
      <span className="block text-muted">{feature.reference.slice(0, at)}</span>
      <span className="block font-medium">{feature.reference.slice(at)}</span>
    </Link>
  )
}

interface ComparisonTableProps {
  features: readonly ComparedFeature[]
  /** The reader's own basket; else what a link names, which nothing can be taken out of. */
  isOwn: boolean
}

/** Features side by side: a column each, a fact a line. */
export function ComparisonTable({ features, isOwn }: ComparisonTableProps) {
  return (
    <div {...scrollRegion('Features side by side')} className="overflow-x-auto border-b">
      <table className="w-max border-collapse text-13">
        <thead>
          <tr className="border-b align-top">
            <th
              scope="col"
              className="sticky left-0 z-10 w-32 bg-page py-2 pr-3 text-left font-normal max-md:w-20"
            >
              <span className="sr-only">Fact</span>
            </th>
            {features.map((feature) => (
              <th
                key={feature.reference}
                scope="col"
                className="w-52 min-w-52 max-w-52 border-l px-3 py-2 text-left font-normal"
              >
                <BasketColumn feature={feature.reference} isOwn={isOwn}>
                  <ColumnName feature={feature} />
                </BasketColumn>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ term, note, show }) => (
            <tr key={term} className="border-b align-top last:border-b-0">
              <th
                scope="row"
                className="sticky left-0 z-10 w-32 bg-page py-1.5 pr-3 text-left font-normal text-muted max-md:w-20"
              >
                {term}
                {note ? <span className="block text-11">{note}</span> : null}
              </th>
              {features.map((feature) => (
                <td
                  key={feature.reference}
                  className="num w-52 min-w-52 max-w-52 border-l px-3 py-1.5 [overflow-wrap:anywhere]"
                >
                  {show(feature)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
