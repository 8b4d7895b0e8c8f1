import type { ReactNode } from 'react'
import { ChartFrame } from './chart-frame'
import { HoverColumns } from './hover-columns'
import { Plot } from './plot'
import { type LatencyPoint, prepareLatency } from './prepare-latency'

interface LatencyChartProps {
  points: readonly LatencyPoint[]
  title: ReactNode
  note?: ReactNode
  heightPx?: number
}

/** How long answers took by bucket: the median full, the 99th percentile dashed. */
export function LatencyChart({ points, title, note, heightPx = 140 }: LatencyChartProps) {
  const prepared = prepareLatency(points)
  return (
    <ChartFrame title={title} note={note} table={prepared.table}>
      <Plot
        label="Median and 99th percentile of the time to answer"
        heightPx={heightPx}
        yTicks={prepared.yTicks}
        xTicks={prepared.xTicks}
        drawing={
          <>
            <path
              d={prepared.slow}
              fill="none"
              className="stroke-accent/60"
              strokeWidth="1.5"
              strokeDasharray="4 3"
              vectorEffect="non-scaling-stroke"
            />
            <path
              d={prepared.median}
              fill="none"
              className="stroke-accent"
              strokeWidth="1.5"
              vectorEffect="non-scaling-stroke"
            />
            <path
              d={prepared.dots}
              className="stroke-accent"
              strokeWidth="4"
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
            />
          </>
        }
        overlay={
          <>
            {prepared.gaps.map((gap) => (
              <span
                key={gap.from}
                className="hatch absolute inset-y-0"
                style={{ left: `${gap.from * 100}%`, width: `${(gap.to - gap.from) * 100}%` }}
              />
            ))}
            <HoverColumns columns={prepared.columns} />
          </>
        }
      />
    </ChartFrame>
  )
}
