import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import { formatCount } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { NoticeKind } from '@/lib/notify/operations'
import { noticeKinds } from '@/lib/notify/plain'
import { type InboxPlace, inboxHref } from './inbox-href'
import { kindWords } from './words'

const states = [
  { value: 'open', label: 'Open' },
  { value: 'snoozed', label: 'Snoozed' },
  { value: 'done', label: 'Done' },
] as const

interface InboxFiltersProps {
  place: InboxPlace
  /** How many there are of each kind in this state. */
  counts: Readonly<Record<string, number>>
}

function KindLink({
  href,
  current,
  label,
  count,
}: Record<'href' | 'label', string> & { current: boolean; count: number }) {
  return (
    <li>
      <Link
        href={toRoute(href)}
        scroll={false}
        aria-current={current ? 'true' : undefined}
        className={cn(
          'inline-flex h-7 items-center gap-1 text-12 max-md:h-11',
          current ? 'font-medium text-ink' : 'text-muted hover:text-ink',
        )}
      >
        {label} <span className="num text-muted">{formatCount(count)}</span>
      </Link>
    </li>
  )
}

/** State, then the kinds that there are, then what is unread: all of it in the address. */
export function InboxFilters({ place, counts }: InboxFiltersProps) {
  const kinds = noticeKinds.filter((kind: NoticeKind) => (counts[kind] ?? 0) > 0 || kind === place.kind)
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0)
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2">
      <SegmentedControl
        label="State"
        value={place.state}
        segments={states.map((one) => ({
          ...one,
          href: inboxHref({ state: one.value, kind: null, unread: place.unread }),
        }))}
      />
      <SegmentedControl
        label="Which"
        value={place.unread ? 'unread' : 'all'}
        segments={[
          { value: 'all', label: 'All', href: inboxHref({ ...place, unread: false }) },
          { value: 'unread', label: 'Unread', href: inboxHref({ ...place, unread: true }) },
        ]}
      />
      {kinds.length > 0 ? (
        <ul aria-label="Kinds" className="flex flex-wrap items-center gap-x-3">
          <KindLink
            href={inboxHref({ ...place, kind: null })}
            current={place.kind === null}
            label="All kinds"
            count={all}
          />
          {kinds.map((kind) => (
            <KindLink
              key={kind}
              href={inboxHref({ ...place, kind })}
              current={place.kind === kind}
              label={kindWords[kind].many}
              count={counts[kind] ?? 0}
            />
          ))}
        </ul>
      ) : null}
    </div>
  )
}
