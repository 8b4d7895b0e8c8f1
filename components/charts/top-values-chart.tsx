import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { formatCount, formatShare } from '@/components/ui/format-number'
import { prepareTopValues, type TopValue, type TopValueRow } from './prepare-top-values'

export interface TopValuesChartProps {
  title: ReactNode
  note?: string
  values: readonly TopValue[]
  /** All rows, also those whose value is not listed. */
  total: number
}

/** The most frequent values as a table whose middle column is the drawing: nothing to open beside it. */
export function TopValuesChart({ title, note, values, total }: TopValuesChartProps) {
  const rows = prepareTopValues(values, total)
  const withReference = rows.some((row) => row.referenceShare !== null)
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption>
        <span className="font-medium text-15">{title}</span>
        <span className="block text-12 text-muted">
          {[note, `${formatCount(total)} rows`, withReference ? 'line: reference' : null]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </figcaption>
      <table className="num w-full text-12">
        <thead className="sr-only">
          <tr>
            <th scope="col">Value</th>
            <th scope="col">Share of rows, drawn</th>
            <th scope="col">Rows</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ValueRow key={`${row.kind}${row.label}`} row={row} />
          ))}
        </tbody>
      </table>
    </figure>
  )
}

function ValueRow({ row }: { row: TopValueRow }) {
  const factor = row.share > 0 ? row.width / row.share : 0
  return (
    <tr className="border-b">
      <th scope="row" className="w-2/5 max-w-0 truncate py-1 pr-3 text-left font-normal" title={row.label}>
        <span className={cn(row.kind === 'value' ? 'font-mono' : 'text-muted')}>{row.label}</span>
      </th>
      <td className="py-1">
        <span className="relative block h-3.5">
          <span
            className={cn('absolute inset-y-0 left-0', row.kind === 'value' ? 'bg-accent/30' : 'hatch')}
            style={{ width: `${row.width * 100}%` }}
          />
          {row.referenceShare === null ? null : (
            <span
              title={`Reference ${formatShare(row.referenceShare)}`}
              className="absolute inset-y-0 w-[1.5px] bg-ink"
              style={{ left: `${row.referenceShare * factor * 100}%` }}
            />
          )}
        </span>
      </td>
      <td className="w-px whitespace-nowrap py-1 pl-3 text-right text-muted max-md:hidden">
        {formatCount(row.count)}
      </td>
      <td className="w-px whitespace-nowrap py-1 pl-3 text-right">{formatShare(row.share)}</td>
    </tr>
  )
}
