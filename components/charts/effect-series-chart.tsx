import type { ReactNode } from 'react'
import { ChartFrame } from './chart-frame'
import { HoverColumns } from './hover-columns'
import { Plot } from './plot'
import { type EffectSeriesInput, prepareEffectSeries } from './prepare-effect-series'

export interface EffectSeriesChartProps extends EffectSeriesInput {
  /** Replaces the generated finding. */
  title?: ReactNode
  /** Reference, window and zone: "against January 2026 · weeks, UTC". */
  note?: ReactNode
  heightPx?: number
}

/** One measure by window: a line, its thresholds dashed, the sampling band, hatched where nothing was judged. */
export function EffectSeriesChart({ title, note, heightPx = 180, ...input }: EffectSeriesChartProps) {
  const series = prepareEffectSeries(input, heightPx)
  return (
    <ChartFrame title={title ?? series.finding} note={note} table={series.table}>
      <Plot
        label={series.finding}
        heightPx={heightPx}
        yTicks={series.yTicks}
        xTicks={series.xTicks}
        rightPx={series.thresholds.length > 0 ? 72 : 0}
        drawing={
          <>
            <path d={series.band} className="fill-accent/12" />
            {series.thresholds.map((threshold) => (
              <path
                key={threshold.text}
                d={`M0 ${threshold.y}H1000`}
                className="stroke-muted"
                strokeDasharray="4 3"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            <path
              d={series.line}
              fill="none"
              className="stroke-accent"
              strokeWidth="1.5"
              vectorEffect="non-scaling-stroke"
            />
            <path
              d={series.dots}
              className="stroke-accent"
              strokeWidth="5"
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
            />
          </>
        }
        overlay={
          <>
            {series.thresholds.map((threshold) => (
              <span
                key={threshold.text}
                className="absolute left-full ml-1.5 translate-y-1/2 whitespace-nowrap"
                style={{ bottom: `${threshold.labelAt * 100}%` }}
              >
                {threshold.text}
              </span>
            ))}
            {series.gaps.map((gap) => (
              <span
                key={gap.from}
                className="hatch absolute inset-y-0"
                style={{ left: `${gap.from * 100}%`, width: `${(gap.to - gap.from) * 100}%` }}
              />
            ))}
            <HoverColumns columns={series.columns} />
          </>
        }
      />
    </ChartFrame>
  )
}
