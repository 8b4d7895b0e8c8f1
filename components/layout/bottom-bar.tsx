'use client'
import { Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { NavGlyph } from '@/components/icons/nav-glyph'
import { cn } from '@/components/ui/cn'
import { Menu } from '@/components/ui/menu'
import { toRoute } from '@/components/ui/route'
import { currentItem, type NavItem } from './nav'

const cell = 'flex h-14 w-full flex-col items-center justify-center gap-0.5 text-11'

/** The rail on a phone: four places; with more than four rooms the last one opens the rest. */
export function BottomBar({ nav }: { nav: readonly NavItem[] }) {
  const here = currentItem(nav, usePathname())
  const shown = nav.length <= 4 ? nav : nav.slice(0, 3)
  const rest = nav.slice(shown.length)
  const restCurrent = here !== null && rest.includes(here)
  return (
    <nav
      aria-label="Rooms"
      className="fixed inset-x-0 bottom-0 z-30 border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="flex">
        {shown.map((item) => {
          const current = item === here
          return (
            <li key={item.href} className="min-w-0 flex-1">
              <Link
                href={toRoute(item.href)}
                aria-current={current ? 'page' : undefined}
                className={cn(cell, current ? 'font-medium text-accent' : 'text-muted')}
              >
                <NavGlyph name={item.glyph} />
                {item.label}
              </Link>
            </li>
          )
        })}
        {rest.length > 0 ? (
          <li className="min-w-0 flex-1">
            <Menu
              align="end"
              sections={[{ items: rest.map((item) => ({ label: item.label, href: item.href })) }]}
              trigger={
                <button
                  type="button"
                  className={cn(cell, restCurrent ? 'font-medium text-accent' : 'text-muted')}
                >
                  <Ellipsis aria-hidden className="size-4" />
                  More
                </button>
              }
            />
          </li>
        ) : null}
      </ul>
    </nav>
  )
}
