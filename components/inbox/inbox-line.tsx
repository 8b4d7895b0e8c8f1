'use client'
import { Check, Clock, Undo2 } from 'lucide-react'
import Link from 'next/link'
import { Button, IconButton } from '@/components/ui/button'
import { useClock } from '@/components/ui/clock'
import { cn } from '@/components/ui/cn'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Menu } from '@/components/ui/menu'
import { toRoute } from '@/components/ui/route'
import { Time } from '@/components/ui/time'
import type { NotificationResource } from '@/lib/notify/operations'
import { canHandOn, HandOn } from './hand-on'
import { snoozeChoices } from './snooze'
import type { InboxActs } from './use-inbox-acts'
import { kindWords } from './words'

interface InboxLineProps {
  one: NotificationResource
  /** The line that the keys act on. */
  active: boolean
  acts: InboxActs
  onFocus: () => void
}

const keyIf = (active: boolean, key: string) => (active ? { 'data-shortcut': key } : {})

function Buttons({ one, active, acts }: Omit<InboxLineProps, 'onFocus'>) {
  const { now } = useClock()
  if (one.state === 'done') {
    return one.needs_acknowledgement ? (
      <span className="text-12 text-muted">acknowledged</span>
    ) : (
      <IconButton
        label="Take back"
        shortcut="e"
        disabled={acts.pending}
        onClick={() => acts.reopen(one.id)}
        {...keyIf(active, 'e')}
      >
        <Undo2 aria-hidden className="size-4" />
      </IconButton>
    )
  }
  const waits = one.needs_acknowledgement && one.acknowledged_at === null
  return (
    <>
      {waits ? (
        <Button
          size="small"
          disabled={acts.pending}
          onClick={() => acts.acknowledge(one.id)}
          {...keyIf(active, 'e')}
        >
          Acknowledge
        </Button>
      ) : (
        <IconButton
          label="Done"
          shortcut="e"
          disabled={acts.pending}
          onClick={() => acts.done(one.id, one.title)}
          {...keyIf(active, 'e')}
        >
          <Check aria-hidden className="size-4" />
        </IconButton>
      )}
      {one.state === 'snoozed' ? (
        <IconButton
          label="Wake"
          shortcut="h"
          disabled={acts.pending}
          onClick={() => acts.reopen(one.id)}
          {...keyIf(active, 'h')}
        >
          <Undo2 aria-hidden className="size-4" />
        </IconButton>
      ) : (
        <Menu
          align="end"
          trigger={
            <IconButton label="Snooze" shortcut="h" disabled={acts.pending} {...keyIf(active, 'h')}>
              <Clock aria-hidden className="size-4" />
            </IconButton>
          }
          sections={[
            {
              items: snoozeChoices(new Date(now)).map(({ label, until }) => ({
                label,
                onSelect: () => acts.snooze(one.id, one.title, until),
              })),
            },
          ]}
        />
      )}
    </>
  )
}

/** One notice: what happened, to what, by whom and when, with what can be done about it. */
export function InboxLine({ one, active, acts, onFocus }: InboxLineProps) {
  const unread = one.read_at === null
  return (
    <li
      onFocusCapture={onFocus}
      className={cn(
        'flex min-h-14 items-start gap-x-3 gap-y-2 border-b max-md:flex-wrap py-2.5 pr-2 pl-3',
        active ? 'border-l-2 border-l-accent bg-accent-tint' : 'border-l-2 border-l-transparent',
      )}
    >
      <div className="flex min-w-0 flex-1 flex-col gap-0.5 max-md:basis-full">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <Link
            href={toRoute(one.href)}
            className={cn('min-w-0 hover:underline [overflow-wrap:anywhere]', unread && 'font-medium')}
            onClick={() => {
              if (unread) acts.read(one.id)
            }}
          >
            {unread ? <span className="sr-only">Unread: </span> : null}
            <MarkedProse text={one.title} />
          </Link>
          {unread ? (
            <span aria-hidden className="text-11 text-accent">
              new
            </span>
          ) : null}
        </div>
        {one.body === '' ? null : (
          <p className="line-clamp-2 max-w-[80ch] text-12 text-muted [overflow-wrap:anywhere]">
            <MarkedProse text={one.body} />
          </p>
        )}
        <p className="text-12 text-muted">
          {kindWords[one.kind].one} · {one.assigned_by ? `${one.assigned_by}, from ` : ''}
          {one.actor} · <Time at={one.created_at} relative />
          {one.state === 'snoozed' && one.snoozed_until ? (
            <>
              {' '}
              · comes back <Time at={one.snoozed_until} />
            </>
          ) : null}
        </p>
      </div>
      <div className="flex shrink-0 items-center gap-1">
        {one.state !== 'done' && canHandOn(one) && !(one.needs_acknowledgement && !one.acknowledged_at) ? (
          <HandOn one={one} />
        ) : null}
        <Buttons one={one} active={active} acts={acts} />
      </div>
    </li>
  )
}
