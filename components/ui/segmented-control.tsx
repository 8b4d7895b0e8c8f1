'use client'
import Link from 'next/link'
import { cn } from './cn'
import { toRoute } from './route'

export interface Segment {
  value: string
  label: string
  /** With an address the choice is part of the URL. */
  href?: string
}

export interface SegmentedControlProps {
  /** What is chosen: "Language", "Range". */
  label: string
  value: string
  segments: readonly Segment[]
  onChange?: (value: string) => void
  className?: string
}

const look = (chosen: boolean) =>
  cn(
    'inline-flex h-6.5 items-center rounded-[3px] px-2 text-12 transition-colors max-md:h-10 max-md:px-3',
    chosen ? 'bg-surface font-medium text-ink outline outline-control' : 'text-muted hover:text-ink',
  )

/** One of a few, all visible. Links when the segments carry addresses, buttons otherwise. */
export function SegmentedControl({ label, value, segments, onChange, className }: SegmentedControlProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out inline in every browser
    <div
      role="group"
      aria-label={label}
      className={cn(
        'inline-flex w-fit max-w-full gap-0.5 overflow-x-auto rounded-control bg-sunken p-0.5',
        className,
      )}
    >
      {segments.map((segment) => {
        const chosen = segment.value === value
        return segment.href ? (
          <Link
            key={segment.value}
            href={toRoute(segment.href)}
            aria-current={chosen ? 'true' : undefined}
            scroll={false}
            onClick={() => onChange?.(segment.value)}
            className={look(chosen)}
          >
            {segment.label}
          </Link>
        ) : (
          <button
            key={segment.value}
            type="button"
            aria-pressed={chosen}
            onClick={() => onChange?.(segment.value)}
            className={look(chosen)}
          >
            {segment.label}
          </button>
        )
      })}
    </div>
  )
}
