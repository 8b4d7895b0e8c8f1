import { formatCount } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import type { ChartTable } from './chart-frame'
import type { HoverColumn } from './hover-columns'
import type { Tick } from './plot'
import { niceTicks } from './scale'

export interface DayBar {
  /** ISO date, or the instant at which an hour begins. */
  date: string
  /** Stacked from the bottom, in the order of the series' names. */
  counts: readonly number[]
}

export interface PreparedDayBars {
  /** 0…1 from the left and from the bottom. */
  bars: { from: number; to: number; bottom: number; top: number; series: number }[]
  yTicks: Tick[]
  xTicks: Tick[]
  columns: HoverColumn[]
  table: ChartTable
}

/** "13 May" of a date, "14:00" of an hour; in full with the year, or with its day. UTC. */
export function bucketText(start: string, inFull = false): string {
  if (start.length === 10) return formatDay(start, inFull)
  const hour = start.slice(11, 16)
  return inFull ? `${formatDay(start.slice(0, 10))}, ${hour}` : hour
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

/** Counts by day or hour and series → stacked bars. One without any has none: nothing was counted, which is zero. */
export function prepareDayBars(days: readonly DayBar[], series: readonly string[]): PreparedDayBars {
  const top = Math.max(1, ...days.map(({ counts }) => sum(counts)))
  const size = Math.max(1, days.length)
  const every = Math.max(1, Math.ceil(size / 6))
  const words = ({ counts }: DayBar) =>
    series.map((name, index) => `${formatCount(counts[index] ?? 0)} ${name}`).join(', ')
  return {
    bars: days.flatMap(({ counts }, day) =>
      counts.flatMap((count, index) => {
        if (count === 0) return []
        const below = sum(counts.slice(0, index))
        return [
          {
            from: day / size,
            to: (day + 1) / size,
            bottom: below / top,
            top: (below + count) / top,
            series: index,
          },
        ]
      }),
    ),
    yTicks: niceTicks(0, top, 4)
      .filter(Number.isInteger)
      .map((value) => ({ at: value / top, text: formatCount(value) })),
    xTicks: days.flatMap(({ date }, index) =>
      index % every === 0 ? [{ at: (index + 0.5) / size, text: bucketText(date) }] : [],
    ),
    columns: days.map((day, index) => ({
      from: index / size,
      to: (index + 1) / size,
      text: `${bucketText(day.date, true)}: ${words(day)}`,
    })),
    table: {
      head: [days[0]?.date.length === 10 ? 'Day' : 'Hour', ...series],
      rows: days.map(({ date, counts }) => [
        bucketText(date, true),
        ...series.map((_, index) => formatCount(counts[index] ?? 0)),
      ]),
    },
  }
}
