import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ContractForm } from '@/components/contract/contract-form'
import { ImportForm } from '@/components/contract/import-form'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/ui/section'
import { load } from '@/lib/http/page-context'
import type { PageParams } from '../load-group'
import { loadForm } from './load-form'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<PageParams>
}

export const metadata: Metadata = { title: 'Contract' }

export default async function ContractPage({ params, searchParams }: Props) {
  const [{ name }, query] = await Promise.all([params, searchParams])
  const loaded = await load((ctx) => loadForm(ctx, name, query), query.environment)
  if (loaded.state === 'missing') notFound()
  const isAsk = loaded.state === 'ready' && loaded.value.services !== null
  const crumbs = [
    { label: 'Catalogue', href: '/catalog' },
    { label: name, href: `/groups/${encodeURIComponent(name)}`, mono: true },
    { label: 'Contract' },
  ]
  const full = loaded.state === 'ready' ? `${name}@${loaded.value.version}` : name
  return (
    <>
      <PageHeader
        size="asset"
        breadcrumbs={{ crumbs, fullName: full }}
        title={isAsk ? `Ask the contract of ${full} for terms` : `Propose the contract of ${full}`}
      />
      {loaded.state === 'ready' ? (
        <div className="flex flex-col gap-10">
          <ContractForm {...loaded.value} />
          {isAsk ? null : (
            <Section title="Or from a document">
              <ImportForm {...loaded.value} />
            </Section>
          )}
        </div>
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
