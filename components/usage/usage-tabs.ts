import type { TabLink } from '@/components/ui/tab-links'

const pages = [
  { label: 'Usage', href: '/operations/usage' },
  { label: 'Serving', href: '/operations/serving' },
  { label: 'Unused features', href: '/operations/unused' },
] as const

/** What is read, how it is answered, and what nobody reads; the open one marked. */
export const usageTabs = (open: (typeof pages)[number]['href']): TabLink[] =>
  pages.map(({ label, href }) => ({ label, href, current: href === open }))
