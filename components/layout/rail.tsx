'use client'
import { PanelLeft } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { NavGlyph } from '@/components/icons/nav-glyph'
import { cn } from '@/components/ui/cn'
import { applyToRoot, rememberPreference } from '@/components/ui/preferences'
import { toRoute } from '@/components/ui/route'
import { currentItem, type NavItem } from './nav'

const label = 'truncate in-data-[rail=folded]:sr-only'

function toggleRail() {
  const next = document.documentElement.dataset.rail === 'folded' ? 'open' : 'folded'
  applyToRoot('rail', next)
  rememberPreference('rail', next)
}

/** The left rail, 208 px, or 48 when folded; the choice is remembered. Hidden on a phone. */
export function Rail({ nav }: { nav: readonly NavItem[] }) {
  const here = currentItem(nav, usePathname())
  return (
    <nav aria-label="Rooms" className="sticky top-0 flex h-dvh flex-col border-r bg-sunken max-md:hidden">
      <Link
        href={toRoute('/')}
        className="flex h-11 items-center gap-2.5 px-4 font-medium font-title text-15"
        title="Almanac"
      >
        <Mark />
        <span className={label}>Almanac</span>
      </Link>
      <ul className="flex-1 space-y-0.5 overflow-y-auto px-2 py-2">
        {nav.map((item) => {
          const current = item === here
          return (
            <li key={item.href}>
              <Link
                href={toRoute(item.href)}
                title={item.key ? `${item.label} (g ${item.key})` : item.label}
                aria-current={current ? 'page' : undefined}
                className={cn(
                  'flex h-8 items-center gap-2.5 rounded-control px-2 transition-colors',
                  current
                    ? 'bg-accent-tint font-medium text-accent'
                    : 'text-muted hover:bg-ink-tint hover:text-ink',
                )}
              >
                <NavGlyph name={item.glyph} />
                <span className={label}>{item.label}</span>
              </Link>
            </li>
          )
        })}
      </ul>
      <button
        type="button"
        onClick={toggleRail}
        aria-label="Fold or unfold the navigation"
        className="m-2 flex h-8 items-center gap-2.5 rounded-control px-2 text-muted hover:bg-ink-tint hover:text-ink"
      >
        <PanelLeft aria-hidden className="size-4 shrink-0" />
        <span className={label}>Fold</span>
      </button>
    </nav>
  )
}

/** Four days of a strip: the product's mark. */
function Mark() {
  return (
    <svg aria-hidden width="16" height="16" viewBox="0 0 16 16" className="shrink-0 text-accent">
      <path d="M0 1h3v14H0zM4.33 1h1l.5 2 .5-2h1v14h-3zM8.67 1h3v14h-3zM13 1h3v14h-3z" fill="currentColor" />
    </svg>
  )
}
