import Link from 'next/link'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { ActivityRow } from '@/lib/audit/operations'
import { actWords, bareReason } from './act-words'

/** What was changed last, by whom and why. */
export function LatestChanges({
  rows,
  activityHref,
}: {
  rows: readonly ActivityRow[]
  activityHref: string
}) {
  if (rows.length === 0) return null
  return (
    <Section
      title="Changes"
      aside={
        <Link className="link" href={toRoute(activityHref)}>
          All changes
        </Link>
      }
    >
      <ul className="border-t">
        {rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-baseline justify-between gap-x-3 border-b py-1.5">
            <span className="min-w-0">
              {actWords(row)} <span className="text-12 text-muted">by {row.actor.name}</span>
            </span>
            <span className="shrink-0 text-12 text-muted">
              <Time at={row.time} relative />
            </span>
            {row.reason ? (
              <span className="basis-full text-12 text-muted [overflow-wrap:anywhere]">
                {bareReason(row.reason)}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}
