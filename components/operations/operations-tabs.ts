import type { TabLink } from '@/components/ui/tab-links'

const tabs = [
  { label: 'Jobs', href: '/operations/jobs' },
  { label: 'Usage', href: '/operations/usage' },
  { label: 'Serving', href: '/operations/serving' },
  { label: 'Unused features', href: '/operations/unused' },
  { label: 'Campaigns', href: '/operations/campaigns' },
  { label: 'Archive policy', href: '/operations/archive-policy' },
] as const

/** The pages of the room, the open one marked. */
export const operationsTabs = (open: (typeof tabs)[number]['href']): TabLink[] =>
  tabs.map(({ label, href }) => ({ label, href, current: href === open }))
