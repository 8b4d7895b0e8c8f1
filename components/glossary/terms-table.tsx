import Link from 'next/link'
import { DataTable } from '@/components/data-table/data-table'
import type { Pager, TableColumn } from '@/components/data-table/types'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { toRoute } from '@/components/ui/route'
import type { TermResource } from '@/lib/glossary/operations'
import { termHref } from './term-href'

const columns: TableColumn[] = [
  { id: 'term', header: 'Term', grow: true, phone: 'first' },
  { id: 'synonyms', header: 'Also', width: '240px', phone: 'second' },
  { id: 'team', header: 'Owner', width: '120px', phone: 'second' },
]

interface TermsTableProps {
  terms: readonly TermResource[]
  pager: Pager
  query: string
  mayAdd: boolean
}

function Nothing({ query, mayAdd }: Pick<TermsTableProps, 'query' | 'mayAdd'>) {
  if (query) return <EmptyState title={`No term has “${query}” in its name, synonyms or meaning`} />
  const action = mayAdd ? <ButtonLink href="/register/term">Add a term</ButtonLink> : undefined
  return (
    <EmptyState title="The glossary is empty" action={action}>
      A term is a word of the business. Where it stands in a description it is linked with its meaning.
    </EmptyState>
  )
}

/** Words of the business, each with its meaning. */
export function TermsTable({ terms, pager, query, mayAdd }: TermsTableProps) {
  return (
    <DataTable
      label="Terms"
      lines={2}
      filterPlaceholder="Filter terms"
      pager={pager}
      columns={columns}
      rows={terms.map(({ name, meaning, synonyms, owner_team }) => ({
        id: name,
        href: termHref(name),
        cells: {
          term: (
            <span className="flex min-w-0 flex-col">
              <Link className="truncate font-medium hover:underline" href={toRoute(termHref(name))}>
                {name}
              </Link>
              <span className="truncate text-12 text-muted">{meaning.split('\n')[0]}</span>
            </span>
          ),
          synonyms: <span className="truncate">{synonyms.join(', ')}</span>,
          team: owner_team,
        },
      }))}
      instead={terms.length === 0 ? <Nothing query={query} mayAdd={mayAdd} /> : undefined}
    />
  )
}
