import type { ReactNode } from 'react'
import { plural } from '@/components/ui/format-number'
import { ChartFrame } from './chart-frame'
import { HoverColumns } from './hover-columns'
import { Plot } from './plot'
import { type HistogramBin, type PreparedHistogram, prepareHistogram } from './prepare-histogram'

export interface HistogramChartProps {
  bins: readonly HistogramBin[]
  /** The finding: "Half of all values lie between 3 and 12 minutes". */
  title: ReactNode
  /** Measure and unit: "mean_delay_7d, minutes". */
  note?: string
  heightPx?: number
}

/** Share of rows by bin: the window as 30 % fill, its reference as an outline of 1.5 px. */
export function HistogramChart({ bins, title, note, heightPx }: HistogramChartProps) {
  const prepared = prepareHistogram(bins)
  const hasReference = prepared.columns.some((column) => column.reference !== null)
  const facts = [
    note,
    plural(prepared.total, 'row'),
    prepared.toScale ? null : 'columns are bins, not to scale',
    hasReference ? 'filled: this window, outlined: reference' : null,
  ].filter(Boolean)
  return (
    <ChartFrame title={title} note={facts.join(' · ')} table={prepared.table}>
      <Plot
        label={`Histogram. ${facts.join(', ')}`}
        {...(heightPx ? { heightPx } : {})}
        yTicks={prepared.yTicks}
        xTicks={prepared.xTicks}
        drawing={<Bars prepared={prepared} />}
        overlay={
          <HoverColumns
            columns={prepared.columns.map(({ from, to, detail }) => ({ from, to, text: detail }))}
          />
        }
      />
    </ChartFrame>
  )
}

function Bars({ prepared }: { prepared: PreparedHistogram }) {
  const outlined = prepared.columns.filter((column) => column.reference !== null)
  const outline = outlined
    .map(({ from, to, reference }) => {
      const y = 1000 - (reference ?? 0) * 1000
      return `${from === outlined[0]?.from ? `M${from * 1000} 1000` : ''}L${from * 1000} ${y}H${to * 1000}`
    })
    .join('')
  return (
    <>
      {prepared.columns.map(({ from, to, window }) => {
        const gap = Math.min(2, (to - from) * 100)
        return (
          <rect
            key={from}
            x={from * 1000 + gap / 2}
            width={(to - from) * 1000 - gap}
            y={1000 - window * 1000}
            height={window * 1000}
            className="fill-accent/30"
          />
        )
      })}
      {outline ? (
        <path
          d={`${outline}V1000`}
          fill="none"
          className="stroke-ink"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      ) : null}
    </>
  )
}
