import type { ReactNode } from 'react'
import { PageHeader } from '@/components/layout/page-header'

export type SettingsTab =
  | 'notifications'
  | 'keys'
  | 'sessions'
  | 'people'
  | 'teams'
  | 'ownership'
  | 'announcements'
  | 'feedback'
  | 'rules'
  | 'sample'

const tabs: { tab: SettingsTab; label: string }[] = [
  { tab: 'keys', label: 'API keys' },
  { tab: 'sessions', label: 'Sessions' },
  { tab: 'notifications', label: 'Notifications' },
  { tab: 'people', label: 'People' },
  { tab: 'teams', label: 'Teams' },
  { tab: 'ownership', label: 'Ownership' },
  { tab: 'announcements', label: 'Announcements' },
  { tab: 'feedback', label: 'Feedback' },
  { tab: 'rules', label: 'Rules' },
  { tab: 'sample', label: 'Sample data' },
]

interface SettingsHeaderProps {
  current: SettingsTab
  description: ReactNode
  actions?: ReactNode
}

/** Settings, with its parts as tabs. */
export const SettingsHeader = ({ current, description, actions }: SettingsHeaderProps) => (
  <PageHeader
    title="Settings"
    description={description}
    actions={actions}
    tabs={tabs.map(({ tab, label }) => ({ label, href: `/settings/${tab}`, current: tab === current }))}
  />
)

interface NewHeaderProps {
  title: string
  /** The list that the new thing will stand in. */
  list: { label: string; href: string }
  description?: ReactNode
}

/** A form that makes one more of a list. */
export const NewHeader = ({ title, list, description }: NewHeaderProps) => (
  <PageHeader
    size="asset"
    breadcrumbs={{ crumbs: [{ label: 'Settings', href: '/settings/keys' }, list, { label: title }] }}
    title={title}
    description={description}
  />
)
