import Link from 'next/link'
import { EditLink } from '@/components/edit/edit-link'
import { PageHeader } from '@/components/layout/page-header'
import { Markdown } from '@/components/markdown/markdown'
import { FactsList } from '@/components/ui/facts-list'
import { toRoute } from '@/components/ui/route'
import { Time } from '@/components/ui/time'
import type { TermResource } from '@/lib/glossary/operations'
import { RemoveTerm } from './remove-term'
import { termHref } from './term-href'

interface TermPageProps {
  term: TermResource
  mayEdit: boolean
  mayRemove: boolean
}

/** What a word of the business means, whole. */
export function TermPage({ term, mayEdit, mayRemove }: TermPageProps) {
  return (
    <>
      <PageHeader
        size="asset"
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            { label: 'Glossary', href: '/glossary' },
            { label: term.name },
          ],
        }}
        title={term.name}
        actions={
          <>
            <EditLink page={termHref(term.name)} may={mayEdit} />
            {mayRemove ? <RemoveTerm term={term} /> : null}
          </>
        }
      />
      <div className="grid gap-8 lg:grid-cols-[7fr_5fr]">
        <Markdown text={term.meaning} level={1} />
        <FactsList
          facts={[
            { term: 'Also', value: term.synonyms.join(', ') || 'no other word' },
            { term: 'Owner', value: term.owner_team },
            { term: 'Written by', value: term.created_by },
            { term: 'Changed', value: <Time at={term.updated_at} relative /> },
            {
              term: 'Used in',
              value: (
                <Link className="link" href={toRoute(`/catalog?q=${encodeURIComponent(term.name)}`)}>
                  search the catalogue for it
                </Link>
              ),
            },
          ]}
        />
      </div>
    </>
  )
}
