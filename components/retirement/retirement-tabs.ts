import type { TabLink } from '@/components/ui/tab-links'

const pages = [
  { label: 'Unused features', href: '/operations/unused' },
  { label: 'Campaigns', href: '/operations/campaigns' },
  { label: 'Archive policy', href: '/operations/archive-policy' },
] as const

/** What is done about things at the end of their life, the open part marked. */
export const retirementTabs = (open: (typeof pages)[number]['href']): TabLink[] =>
  pages.map(({ label, href }) => ({ label, href, current: href === open }))
