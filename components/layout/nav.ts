import type { NavGlyphName } from '@/components/icons/nav-glyph'

/** Where a letter after `g` leads: "c" to the catalogue. */
export interface Place {
  label: string
  href: string
  key?: string
}

export interface NavItem extends Place {
  glyph: NavGlyphName
  /** Further addresses that belong to this room, e.g. ["/groups", "/services"]; `*` is one part of an address. */
  also?: readonly string[]
}

/** How many parts of the address a place names; 0: the page is not below it. "/" only to itself. */
function depth(place: string, pathname: string): number {
  if (place === '/') return pathname === '/' ? 1 : 0
  const wanted = place.split('/')
  const parts = pathname.split('/')
  const isBelow = wanted.every((part, at) => (part === '*' ? Boolean(parts[at]) : part === parts[at]))
  return isBelow ? wanted.length : 0
}

/** The room that the page at `pathname` belongs to: the one that names the most of its address. */
export function currentItem(nav: readonly NavItem[], pathname: string): NavItem | null {
  const depths = nav.map((item) =>
    Math.max(...[item.href, ...(item.also ?? [])].map((one) => depth(one, pathname))),
  )
  const most = Math.max(0, ...depths)
  return most === 0 ? null : (nav[depths.indexOf(most)] ?? null)
}
