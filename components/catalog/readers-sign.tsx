import { Sparkline } from '@/components/charts/sparkline'
import { formatCount } from '@/components/ui/format-number'

interface ReadersSignProps {
  /** Distinct consumers in the last 30 days; undefined where it is not known. */
  readers: number | undefined
  weeklyReads: readonly number[] | undefined
}

/** How many read it, and how often over twelve weeks. */
export function ReadersSign({ readers, weeklyReads }: ReadersSignProps) {
  if (readers === undefined) return null
  return (
    <span className="inline-flex items-center gap-2">
      {weeklyReads?.some((reads) => reads > 0) ? (
        <Sparkline values={weeklyReads} label="Reads by week, last 12 weeks" />
      ) : null}
      <span className="num">{formatCount(readers)}</span>
    </span>
  )
}
