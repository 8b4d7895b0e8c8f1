'use client'
import { useClock } from './clock'
import { formatInstant, formatRelative, type TimePrecision } from './format-time'

export interface TimeProps {
  /** ISO 8601 or a Date. */
  at: string | Date
  /** "3 h ago" while that is shorter than the date. */
  relative?: boolean
  precision?: TimePrecision
  className?: string
}

/** An instant in the reader's zone; ISO (UTC) on hover and in `datetime`. */
export function Time({ at, relative, precision = 'minute', className }: TimeProps) {
  const { zone, now } = useClock()
  const instant = typeof at === 'string' ? new Date(at) : at
  if (Number.isNaN(instant.getTime())) return <span className={className}>unknown</span>
  const iso = instant.toISOString()
  // What was sent may be finer than the milliseconds of a Date.
  const exact = typeof at === 'string' && at.endsWith('Z') ? at : iso
  const full = formatInstant(instant, zone, precision)
  const text = relative ? (formatRelative(instant, now) ?? full) : full
  return (
    <time
      dateTime={iso}
      title={relative && text !== full ? `${full} · ${exact}` : exact}
      className={`num whitespace-nowrap ${className ?? ''}`}
    >
      {text}
    </time>
  )
}
