import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'

/** `mayRegister`: whether the reader may register anything; nobody is led to a refusal. */
export const CatalogHeader = ({ mayRegister }: { mayRegister: boolean }) => (
  <PageHeader
    title="Catalogue"
    actions={
      <>
        <ButtonLink href="/domains">Domains</ButtonLink>
        <ButtonLink href="/glossary">Glossary</ButtonLink>
        {mayRegister ? (
          <ButtonLink variant="primary" href="/register">
            Register a feature group
          </ButtonLink>
        ) : null}
      </>
    }
  />
)
