import { exactText } from '@/components/feature-group/words'
import { formatCount, formatNumber } from '@/components/ui/format-number'
import { Time } from '@/components/ui/time'

interface ValueTextProps {
  value: unknown
  /** The column's type. */
  type: string
  /** What stands for null. */
  none: string
  /** Numbers to a few digits, as of statistics; else exactly. */
  rounded?: boolean
}

/** A value of a dataset's column; an instant in the reader's zone, its exact form on hover. */
export function ValueText({ value, type, none, rounded }: ValueTextProps) {
  if (value === null || value === undefined) return <span className="text-muted">{none}</span>
  if (type === 'timestamp' && typeof value === 'string') return <Time at={value} precision="second" />
  if (rounded && typeof value === 'number') return formatNumber(value)
  // Whole numbers of 64 bits come as texts.
  if (rounded && type === 'int64' && typeof value === 'string') return formatCount(BigInt(value))
  return exactText(value)
}
