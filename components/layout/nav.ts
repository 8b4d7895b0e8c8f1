import type { NavGlyphName } from '@/components/icons/nav-glyph'

export interface NavItem {
  label: string
  href: string
  glyph: NavGlyphName
  /** The letter after `g`: "c" for Catalogue. */
  key?: string
  /** Further addresses that belong to this room, e.g. ["/groups", "/services"]. */
  also?: readonly string[]
}

/** Whether the page at `pathname` belongs to the item. "/" only to itself. */
export function isCurrent(item: NavItem, pathname: string): boolean {
  return [item.href, ...(item.also ?? [])].some(
    (href) => pathname === href || (href !== '/' && pathname.startsWith(`${href}/`)),
  )
}
