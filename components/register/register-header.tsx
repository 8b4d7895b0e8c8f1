import { PageHeader } from '@/components/layout/page-header'

const parts = [
  { part: 'group', label: 'Feature group', href: '/register' },
  { part: 'service', label: 'Feature service', href: '/register/service' },
  { part: 'entity', label: 'Entity', href: '/register/entity' },
  { part: 'source', label: 'Data source', href: '/register/source' },
  { part: 'domain', label: 'Domain', href: '/register/domain' },
] as const

interface RegisterHeaderProps {
  current: (typeof parts)[number]['part']
  title: string
  description: string
}

/** What can be registered, as parts of one page. */
export const RegisterHeader = ({ current, title, description }: RegisterHeaderProps) => (
  <PageHeader
    title={title}
    description={description}
    tabs={parts.map(({ part, label, href }) => ({ label, href, current: part === current }))}
  />
)
