'use client'
import Link from 'next/link'
import { useRef } from 'react'
import { cn } from '@/components/ui/cn'
import { toRoute } from '@/components/ui/route'
import { Time } from '@/components/ui/time'
import type { ReviewResource } from '@/lib/governance/operations'
import { lineHref } from './place'
import { useQueueKeys } from './use-queue-keys'
import { stepWords } from './words'

interface QueueRailProps {
  reviews: readonly ReviewResource[]
  /** The line that is open. */
  current: string
}

const nameOf = ({ group, version, change_set: set }: ReviewResource) =>
  set ? set.title : `${group}@${version}`

/** The queue beside an open review: what waits for its reader first. */
export function QueueRail({ reviews, current }: QueueRailProps) {
  const list = useRef<HTMLUListElement>(null)
  useQueueKeys(list)
  return (
    <nav aria-label="Queue" className="h-fit min-w-0 max-xl:hidden xl:sticky xl:top-14" data-row-keys="">
      <h2 className="mb-1 font-medium text-12 text-muted">Queue · j k</h2>
      {reviews.length === 0 ? <p className="text-muted">Nothing else waits.</p> : null}
      <ul ref={list} className="max-h-[calc(100dvh-8rem)] overflow-y-auto border-t">
        {reviews.map((one) => {
          const href = lineHref(one)
          const isOpen = href === current
          return (
            <li key={href} className="border-b">
              <Link
                href={toRoute(href)}
                aria-current={isOpen ? 'page' : undefined}
                className={cn('block px-2 py-1.5 hover:bg-ink-tint', isOpen && 'bg-accent-tint')}
              >
                <span className={cn('block truncate', one.change_set ? '' : 'font-mono text-12')}>
                  {nameOf(one)}
                </span>
                <span className="block truncate text-12 text-muted">
                  {one.items > 1 ? `${one.items} versions · ` : ''}
                  {one.waits_for_me ? 'yours: ' : ''}
                  {stepWords[one.step].toLowerCase()}
                  {one.risk ? ` · risk ${one.risk}` : ''}
                  {one.due_at ? (
                    <>
                      {' '}
                      · due <Time at={one.due_at} relative />
                    </>
                  ) : null}
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
