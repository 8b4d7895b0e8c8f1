import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'

export const CatalogHeader = () => (
  <PageHeader
    title="Catalogue"
    actions={
      <ButtonLink variant="primary" href="/register">
        Register a feature group
      </ButtonLink>
    }
  />
)
