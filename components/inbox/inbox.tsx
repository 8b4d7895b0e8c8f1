'use client'
import { useEffect, useRef, useState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import type { NotificationPage } from '@/lib/notify/operations'
import { InboxFilters } from './inbox-filters'
import { type InboxPlace, inboxHref } from './inbox-href'
import { InboxLine } from './inbox-line'
import { type InboxActs, useInboxActs } from './use-inbox-acts'
import { useListKeys } from './use-list-keys'
import { kindWords } from './words'

/** The last act, where the eye is, with the way back. */
function LastAct({ acts }: { acts: InboxActs }) {
  if (acts.failure) {
    return (
      <Callout tone="fail">
        <MarkedProse text={acts.failure} />
      </Callout>
    )
  }
  if (!acts.undoable || acts.undoable.ids.length === 0) return null
  return (
    <p role="status" className="flex min-h-9 flex-wrap items-center gap-2 bg-sunken px-3 py-1 text-12">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <MarkedProse text={acts.undoable.text} />
      </span>
      <Button size="small" disabled={acts.pending} onClick={acts.undo} data-shortcut="z">
        Undo
      </Button>
    </p>
  )
}

const emptyTitles = { open: 'Nothing open', snoozed: 'Nothing snoozed', done: 'Nothing done yet' }

function Empty({ place }: { place: InboxPlace }) {
  const filtered = place.kind !== null || place.unread
  return (
    <EmptyState
      title={
        filtered && place.kind
          ? `${emptyTitles[place.state]} under “${kindWords[place.kind].many}”`
          : emptyTitles[place.state]
      }
      action={
        filtered ? (
          <ButtonLink href={inboxHref({ state: place.state, kind: null, unread: false })}>
            Show all kinds
          </ButtonLink>
        ) : (
          <ButtonLink href="/settings/notifications">What comes here</ButtonLink>
        )
      }
    >
      Mentions, reviews, and changes of what you follow or use come here.
    </EmptyState>
  )
}

/** The list, with one line that the keys act on; it stays where it was when a line leaves. */
function Lines({ page, acts }: { page: NotificationPage; acts: InboxActs }) {
  const list = useRef<HTMLUListElement>(null)
  const [at, setAt] = useState(0)
  useListKeys(list)
  const active = Math.min(at, page.data.length - 1)
  const length = useRef(page.data.length)
  // A line that left took the focus with it: the one in its place gets it.
  useEffect(() => {
    if (page.data.length < length.current && document.activeElement === document.body)
      list.current?.children[active]?.querySelector('a')?.focus()
    length.current = page.data.length
  })
  return (
    <ul ref={list} data-row-keys aria-label="Notifications" className="border-t">
      {page.data.map((one, index) => (
        <InboxLine
          key={one.id}
          one={one}
          active={index === active}
          acts={acts}
          onFocus={() => setAt(index)}
        />
      ))}
    </ul>
  )
}

interface InboxProps {
  page: NotificationPage
  place: InboxPlace
}

/** What somebody was told, and what they do about it. */
export function Inbox({ page, place }: InboxProps) {
  const acts = useInboxActs()
  const { data, meta } = page
  const canBeDone = data.filter((one) => !one.needs_acknowledgement || one.acknowledged_at !== null).length
  return (
    <div className="flex max-w-240 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <InboxFilters place={place} counts={meta.kinds} />
        {place.state === 'open' && canBeDone > 1 ? (
          <Button
            size="small"
            disabled={acts.pending}
            onClick={() => acts.doneAll(place.kind ? [place.kind] : null)}
          >
            {place.kind ? `All of “${kindWords[place.kind].many}” done` : 'All done'}
          </Button>
        ) : null}
      </div>
      <LastAct acts={acts} />
      {data.length === 0 ? <Empty place={place} /> : <Lines page={page} acts={acts} />}
      {data.length > 0 ? (
        <nav aria-label="Pages of the list" className="flex items-center gap-3 text-12 text-muted">
          <span className="num">
            {formatCount(data.length)} of {formatCount(meta.total)}
          </span>
          {meta.next_cursor ? (
            <ButtonLink size="small" href={inboxHref(place, meta.next_cursor)}>
              Older
            </ButtonLink>
          ) : null}
        </nav>
      ) : null}
    </div>
  )
}
