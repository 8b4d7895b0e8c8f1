import type { Metadata } from 'next'
import { TermForm } from '@/components/glossary/term-form'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { loadForm } from '../load-form'

export const metadata: Metadata = { title: 'Add a term' }

export default async function TermFormPage() {
  const loaded = await loadForm('group:create')
  return (
    <>
      <PageHeader
        size="asset"
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            { label: 'Glossary', href: '/glossary' },
            { label: 'Add a term' },
          ],
        }}
        title="Add a term"
        description="A word of the business, so that everybody means the same by it."
      />
      {loaded.state === 'ready' ? (
        <TermForm teams={loaded.value.teams} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
