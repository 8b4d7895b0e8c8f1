import Link from 'next/link'
import { DayLegend } from '@/components/charts/day-legend'
import { DayStrip } from '@/components/charts/day-strip'
import type { Day } from '@/components/charts/day-strip-summary'
import { cn } from '@/components/ui/cn'
import { formatCount } from '@/components/ui/format-number'
import { NameText } from '@/components/ui/name-text'
import { toRoute } from '@/components/ui/route'

export interface FeatureStrip {
  name: string
  href: string
  days: readonly Day[]
  current: boolean
}

/** The features of a group by day: choose one to see its series. */
export function FeatureStrips({ strips, more = 0 }: { strips: readonly FeatureStrip[]; more?: number }) {
  return (
    <nav aria-label="Features" className="max-md:max-h-64 max-md:overflow-y-auto">
      <ul className="border-t">
        {strips.map(({ name, href, days, current }) => (
          <li
            key={name}
            className={cn(
              'flex h-7 items-center justify-between gap-3 border-b max-md:h-11',
              current && 'bg-accent-tint',
            )}
          >
            <Link
              href={toRoute(href)}
              scroll={false}
              aria-current={current ? 'true' : undefined}
              aria-label={name}
              className={cn(
                'flex h-full min-w-0 flex-1 items-center border-l-2 pl-2 hover:underline',
                current ? 'border-accent' : 'border-transparent',
              )}
            >
              <NameText name={name} />
            </Link>
            {days.length > 0 ? <DayStrip days={days} label={`Last 28 days of ${name}`} /> : null}
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <p className="pt-2 text-12 text-muted">
          The worst of the last 28 days; {formatCount(more)} more are reached by their own pages.
        </p>
      ) : null}
      <div className="pt-2">
        <DayLegend />
      </div>
    </nav>
  )
}
