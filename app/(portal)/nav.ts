import type { NavItem, Place } from '@/components/layout/nav'

/** The rooms of the portal, in the order of the rail. */
export const nav: readonly NavItem[] = [
  { label: 'Home', href: '/', glyph: 'home', key: 'h' },
  {
    label: 'Catalogue',
    href: '/catalog',
    glyph: 'catalogue',
    key: 'c',
    also: ['/groups', '/services', '/entities', '/sources', '/domains', '/glossary', '/register'],
  },
  { label: 'Monitoring', href: '/monitoring', glyph: 'monitoring', key: 'm' },
  { label: 'Datasets', href: '/datasets', glyph: 'datasets', key: 'd' },
  {
    label: 'Governance',
    href: '/governance/reviews',
    glyph: 'governance',
    key: 'r',
    also: ['/governance', '/groups/*/review'],
  },
  { label: 'Operations', href: '/operations/jobs', glyph: 'operations', key: 'o', also: ['/operations'] },
  { label: 'Settings', href: '/settings/keys', glyph: 'settings', also: ['/settings'] },
]

/** Reached from the top bar, and by `g` with their key. */
export const places: readonly Place[] = [{ label: 'Basket', href: '/basket', key: 'b' }]
