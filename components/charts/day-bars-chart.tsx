import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { ChartFrame } from './chart-frame'
import { HoverColumns } from './hover-columns'
import { Plot } from './plot'
import { type DayBar, prepareDayBars } from './prepare-day-bars'

export interface DayBarsChartProps {
  days: readonly DayBar[]
  /** At most two: the first drawn full, the second light. */
  series: readonly string[]
  title: ReactNode
  note?: ReactNode
  heightPx?: number
}

const fills = ['fill-accent/60', 'fill-accent/25']

/** Counts by day or hour, stacked. */
export function DayBarsChart({ days, series, title, note, heightPx = 140 }: DayBarsChartProps) {
  const prepared = prepareDayBars(days, series)
  return (
    <ChartFrame title={title} note={note} table={prepared.table}>
      <Plot
        label={`${series.join(' and ')} by ${days[0]?.date.length === 10 ? 'day' : 'hour'}`}
        heightPx={heightPx}
        yTicks={prepared.yTicks}
        xTicks={prepared.xTicks}
        drawing={prepared.bars.map((bar) => (
          <rect
            key={`${bar.from} ${bar.series}`}
            x={bar.from * 1000 + 2}
            width={Math.max(1, (bar.to - bar.from) * 1000 - 4)}
            y={1000 - bar.top * 1000}
            height={(bar.top - bar.bottom) * 1000}
            className={cn(fills[bar.series] ?? fills[1])}
          />
        ))}
        overlay={<HoverColumns columns={prepared.columns} />}
      />
    </ChartFrame>
  )
}
