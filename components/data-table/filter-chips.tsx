import { X } from 'lucide-react'
import Link from 'next/link'
import { toRoute } from '@/components/ui/route'

export interface FilterChip {
  /** "Entity". */
  label: string
  /** "airport". */
  value: string
  /** The list without this filter. */
  removeHref: string
}

/** The filters in force, each removable, and all at once. */
export function FilterChips({ chips, clearHref }: { chips: readonly FilterChip[]; clearHref: string }) {
  if (chips.length === 0) return null
  return (
    <ul aria-label="Filters in force" className="flex flex-wrap items-center gap-1.5">
      {chips.map((chip) => (
        <li key={`${chip.label}${chip.value}`}>
          <Link
            href={toRoute(chip.removeHref)}
            scroll={false}
            aria-label={`Remove filter ${chip.label}: ${chip.value}`}
            className="inline-flex h-6 items-center gap-1 rounded-control border border-control bg-surface px-1.5 text-12 hover:bg-sunken max-md:h-11"
          >
            <span className="text-muted">{chip.label}</span>
            {chip.value}
            <X aria-hidden className="size-3 text-muted" />
          </Link>
        </li>
      ))}
      <li>
        <Link href={toRoute(clearHref)} scroll={false} className="link px-1 text-12">
          Clear all
        </Link>
      </li>
    </ul>
  )
}
