import type { TabLink } from '@/components/ui/tab-links'

const tabs = [
  { label: 'All', state: undefined },
  { label: 'Running', state: 'running' },
  { label: 'Waiting', state: 'queued' },
  { label: 'Failed', state: 'failed' },
] as const

/** The jobs by state, the open part marked. */
export const jobTabs = (open: string | undefined): TabLink[] =>
  tabs.map(({ label, state }) => ({
    label,
    href: state ? `/operations/jobs?state=${state}` : '/operations/jobs',
    current: open === state,
  }))
