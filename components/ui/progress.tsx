import type { ReactNode } from 'react'
import { cn } from './cn'

export interface ProgressProps {
  /** What is under way: "Writing rows". */
  label: string
  /** The same for the eye, where it is more than text. */
  shown?: ReactNode
  /** Done so far, in the unit of `total`; without a total the amount is not known beforehand. */
  value: number
  total?: number
  /** Right end, e.g. "41 000 of 100 000 rows". */
  text?: string
  className?: string
}

/** Real progress only: a bar for a known total, the growing count in words for an unknown one. */
export function Progress({ label, shown, value, total, text, className }: ProgressProps) {
  const share = total ? Math.min(1, value / total) : null
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <div className="flex justify-between gap-4 text-12">
        <span>{shown ?? label}</span>
        <span className="num text-muted">{text}</span>
      </div>
      <progress
        aria-label={label}
        className="h-1 w-full appearance-none overflow-hidden rounded-control bg-ink-tint [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-accent"
        {...(share === null ? {} : { value: share, max: 1 })}
      />
    </div>
  )
}
