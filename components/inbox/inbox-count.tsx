'use client'
import { useQuery } from '@tanstack/react-query'
import { Inbox as InboxIcon } from 'lucide-react'
import Link from 'next/link'
import { formatCount } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import { request } from '@/lib/api-client'
import type { NotificationCounts } from '@/lib/notify/operations'
import { countKey } from './use-inbox-acts'

const everyMilliseconds = 30_000

function wordsOf({ open, unread }: NotificationCounts): string {
  if (open === 0) return 'Inbox: nothing open'
  return unread === 0 ? `Inbox: ${open} open, all read` : `Inbox: ${unread} unread of ${open} open`
}

/** What is unread in the inbox, asked again every half minute while the page is looked at. */
export function InboxCount({ initial }: { initial: NotificationCounts }) {
  const { data } = useQuery({
    queryKey: countKey,
    queryFn: async ({ signal }) =>
      (await request<NotificationCounts>('/api/v1/notifications/count', { signal })).data,
    initialData: initial,
    refetchInterval: everyMilliseconds,
  })
  return (
    <Link
      href={toRoute('/inbox')}
      aria-label={wordsOf(data)}
      title={wordsOf(data)}
      className="flex h-7 shrink-0 items-center gap-1 rounded-control px-1.5 text-12 text-muted hover:bg-ink-tint hover:text-ink max-md:h-11 max-md:min-w-11 max-md:justify-center"
    >
      <InboxIcon aria-hidden className="size-4" />
      {data.unread > 0 ? (
        <span className="num font-medium text-accent">{formatCount(data.unread)}</span>
      ) : null}
    </Link>
  )
}
