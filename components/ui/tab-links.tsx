'use client'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { cn } from './cn'
import { toRoute } from './route'

export interface TabLink {
  label: string
  href: string
  current: boolean
  /** A count after the label. */
  count?: number
}

/** Tabs whose state is the URL. `[` and `]` go to the neighbours (see the frame's shortcuts). */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  const currentRef = useRef<HTMLAnchorElement>(null)
  const current = tabs.find((tab) => tab.current)?.href
  // On a phone the bar scrolls: the chosen tab must not stay behind its edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when another tab is chosen
  useEffect(() => {
    currentRef.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <nav aria-label={label} data-tabs className="fade-x overflow-x-auto border-b [scrollbar-width:none]">
      <ul className="flex h-9 w-max gap-5 max-md:h-11 max-md:pr-8">
        {tabs.map((tab) => (
          <li key={tab.href} className="flex">
            <Link
              ref={tab.current ? currentRef : undefined}
              href={toRoute(tab.href)}
              scroll={false}
              aria-current={tab.current ? 'page' : undefined}
              className={cn(
                'flex items-center gap-1.5 transition-colors',
                tab.current
                  ? 'border-accent border-b-2 pt-0.5 font-medium text-ink'
                  : 'text-muted hover:text-ink',
              )}
            >
              {tab.label}
              {tab.count === undefined ? null : <span className="num text-12 text-muted">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
