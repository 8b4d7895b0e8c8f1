import type { TabLink } from '@/components/ui/tab-links'

const tabs = [
  { id: 'reviews', label: 'Reviews', href: '/governance/reviews' },
  { id: 'contracts', label: 'Contracts', href: '/governance/contracts' },
  { id: 'completeness', label: 'Completeness', href: '/governance/completeness' },
  { id: 'audit', label: 'Audit log', href: '/governance/audit' },
] as const

/** The parts of governance, the open one marked. */
export const governanceTabs = (open: (typeof tabs)[number]['id']): TabLink[] =>
  tabs.map(({ id, label, href }) => ({ label, href, current: id === open }))
