import type { ReactNode } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'
import { SegmentedControl } from '@/components/ui/segmented-control'

interface CatalogHeaderProps {
  /** Which of the two ways through the catalogue this is. */
  view: 'list' | 'browse'
  /** Whether the reader may register anything; nobody is led to a refusal. */
  mayRegister: boolean
  /** Before the acts: the views that were kept. */
  children?: ReactNode
}

export const CatalogHeader = ({ view, mayRegister, children }: CatalogHeaderProps) => (
  <PageHeader
    title="Catalogue"
    after={
      <SegmentedControl
        label="Way through the catalogue"
        value={view}
        segments={[
          { value: 'list', label: 'List', href: '/catalog' },
          { value: 'browse', label: 'Browse', href: '/catalog/browse' },
        ]}
      />
    }
    actions={
      <>
        {children}
        {mayRegister ? (
          <ButtonLink variant="primary" href="/register">
            Register a feature group
          </ButtonLink>
        ) : null}
      </>
    }
  />
)
