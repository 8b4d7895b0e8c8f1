import { DayBarsChart } from '@/components/charts/day-bars-chart'
import { plural } from '@/components/ui/format-number'
import type { UsageResource } from '@/lib/catalog/operations'

function finding({ reads, readers, days }: UsageResource): string {
  const who = plural(readers.length, 'reader')
  return `${plural(reads, 'read')} by ${who} in ${plural(days.length, 'day')}`
}

/** Real reads by day. */
export function ReadsByDay({ usage, heightPx }: { usage: UsageResource; heightPx?: number }) {
  return (
    <DayBarsChart
      title={finding(usage)}
      note={`${usage.environment} · days, UTC · a read of several features counts once · filled: online, light: historical`}
      series={['online', 'historical']}
      days={usage.days.map(({ date, online, offline }) => ({ date, counts: [online, offline] }))}
      {...(heightPx ? { heightPx } : {})}
    />
  )
}
