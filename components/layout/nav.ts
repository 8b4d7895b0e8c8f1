import type { NavGlyphName } from '@/components/icons/nav-glyph'

/** Where a letter after `g` leads: "c" to the catalogue. */
export interface Place {
  label: string
  href: string
  key?: string
}

export interface NavItem extends Place {
  glyph: NavGlyphName
  /** Further addresses that belong to this room, e.g. ["/groups", "/services"]. */
  also?: readonly string[]
}

/** Whether the page at `pathname` belongs to the item. "/" only to itself. */
export function isCurrent(item: NavItem, pathname: string): boolean {
  return [item.href, ...(item.also ?? [])].some(
    (href) => pathname === href || (href !== '/' && pathname.startsWith(`${href}/`)),
  )
}
